"""Work at every stage on the desks of the demo's accounts, done by the steps that people take."""

from django.contrib.auth.models import User

from news.models import Article
from postportal.demo.articles import Articles
from postportal.demo.content_files import Entry, pick, read
from postportal.demo.run import Run
from postportal.pages.models import ServiceNotice
from postportal.publishing.models import Comment, Edition, Release, State
from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.workflow import releases, steps
from postportal.publishing.workflow.comments import say


class Desk:
    def __init__(self, run: Run, articles: Articles) -> None:
        self.run = run
        self.articles = articles

    def load(self) -> None:
        content = read("desk")
        for entry in content["articles"]:
            self._write(entry)
        for entry in content["corrections"]:
            self._correct(entry)
        for entry in content["releases"]:
            self._release(entry)

    def _write(self, entry: Entry) -> None:
        article = self.articles.ensure(entry | {"state": State.DRAFT})
        if article is None:
            return
        author = _account(entry)
        # Its moment is decided by a step.
        article.created_by, article.publish_at = author, None
        article.save()
        revisions.keep(article, snapshots.take(article), by=author)
        self._move(article, entry)

    def _correct(self, entry: Entry) -> None:
        article = Article.objects.filter(external_id=f"demo-en-{entry['slug']}").first()
        if article is None or not article.is_edited_beside or Edition.objects.of(article).exists():
            return
        revisions.note_found(article)
        content = snapshots.take(article)
        content["fields"] |= pick(entry, "standfirst")
        revisions.keep(article, content, by=_account(entry))
        self._move(article, entry)

    def _release(self, entry: Entry) -> None:
        if Release.objects.filter(name=entry["name"]).exists():
            return
        by = _account(entry)
        release = Release.objects.create(**pick(entry, "name", "note"), created_by=by, created_at=self.run.now)
        keys = [f"demo-en-{slug}" for slug in entry["articles"]]
        notice = ServiceNotice.objects.create(text=entry["notice"], language="en", publish_at=None)
        for item in [*Article.objects.filter(external_id__in=keys), notice]:
            releases.join(release, item, by=by)
        due_at = self.run.opening_of(self.run.day_in(entry["in_days"]))
        releases.take("schedule", release, by=by, at=self.run.now, due_at=due_at)

    def _move(self, article: Article, entry: Entry) -> None:
        for move in entry.get("steps", []):
            due_at = self.run.opening_of(self.run.day_in(move["in_days"])) if "in_days" in move else None
            note, reason = entry.get("note", ""), move.get("reason", "")
            by = _account(move)
            steps.take(move["step"], article, by=by, at=self.run.now, due_at=due_at, note=note, reason=reason)
        for remark in entry.get("remarks", []):
            edition, text = revisions.open_edition(article), remark["text"]
            say(Comment.Kind.REMARK, article, edition, by=_account(remark), at=self.run.now, text=text)


def _account(entry: Entry) -> User:
    return User.objects.get(username=entry["by"])
