"""Drafts, corrections and releases at every stage of the workflow, owned by the demo accounts."""

from django.contrib.auth.models import User

from news.models import Article
from postportal.demo.articles import ArticleLoader
from postportal.demo.content_files import ContentEntry, pick_fields, read_content
from postportal.demo.run import LoadRun
from postportal.pages.models import ServiceNotice
from postportal.publishing.models import Comment, Edition, Publishable, Release, State
from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.workflow import assignments, authors, release_members, releases, steps
from postportal.publishing.workflow.comment_places import Place, locate, texts_of
from postportal.publishing.workflow.comments import add_comment
from postportal.publishing.workflow.mentions import mentioned_in
from services.models import StampIssue


class WorkflowLoader:
    def __init__(self, run: LoadRun, articles: ArticleLoader) -> None:
        self.run = run
        self.articles = articles

    def load(self) -> None:
        content = read_content("workflow")
        for entry in content["articles"]:
            self._add_draft(entry)
        for entry in content["own_articles"]:
            # Live, so that its author can be seen to correct it.
            own = Article.objects.filter(external_id=f"demo-en-{entry['slug']}", created_by=None)
            own.update(created_by=_get_account(entry))
        for entry in content["corrections"]:
            self._add_correction(entry)
        for entry in content["stamp_corrections"]:
            self._add_stamp_correction(entry)
        for entry in content["releases"]:
            self._add_release(entry)

    def _add_draft(self, entry: ContentEntry) -> None:
        article = self.articles.add_if_missing(entry | {"state": State.DRAFT})
        if article is None:
            return
        author = _get_account(entry)
        # The time of publication is set by a workflow step.
        article.created_by, article.publish_at = author, None
        article.save()
        revisions.record_revision(article, snapshots.serialize(article), by=author)
        self._take_steps(article, entry)

    def _add_correction(self, entry: ContentEntry) -> None:
        article = Article.objects.filter(external_id=f"demo-en-{entry['slug']}").first()
        if article is None or not article.is_edited_in_edition or Edition.objects.of(article).exists():
            return
        revisions.record_outside_change(article)
        content = snapshots.serialize(article)
        content["fields"] |= pick_fields(entry, "standfirst")
        revisions.record_revision(article, content, by=_get_account(entry))
        self._take_steps(article, entry)

    def _add_stamp_correction(self, entry: ContentEntry) -> None:
        """Correct a field of a stamp from the wrong value in the entry to that of the demo."""
        issue = StampIssue.objects.filter(slug=entry["slug"]).first()
        if issue is None or not issue.is_edited_in_edition or Edition.objects.of(issue).exists():
            return
        corrected = snapshots.serialize(issue)
        issue.stamps.filter(position=entry["position"]).update(**pick_fields(entry, "gauge"))
        revisions.record_outside_change(issue)
        revisions.record_revision(issue, corrected, by=_get_account(entry))
        self._take_steps(issue, entry)

    def _add_release(self, entry: ContentEntry) -> None:
        if Release.objects.filter(name=entry["name"]).exists():
            return
        by = _get_account(entry)
        release = Release.objects.create(**pick_fields(entry, "name", "note"), created_by=by, created_at=self.run.now)
        keys = [f"demo-en-{slug}" for slug in entry["articles"]]
        notice = ServiceNotice.objects.create(text=entry["notice"], language="en", publish_at=None)
        for item in [*Article.objects.filter(external_id__in=keys), notice]:
            release_members.add_to_release(release, item, by=by)
        due_at = self.run.opening_time_on(self.run.date_in(entry["in_days"]))
        releases.perform_release_step("schedule", release, by=by, at=self.run.now, due_at=due_at)

    def _take_steps(self, item: Publishable, entry: ContentEntry) -> None:
        for step in entry.get("steps", []):
            due_at = self.run.opening_time_on(self.run.date_in(step["in_days"])) if "in_days" in step else None
            note, reason = entry.get("note", ""), step.get("reason", "")
            by = _get_account(step)
            steps.perform(step["step"], item, by=by, at=self.run.now, due_at=due_at, note=note, reason=reason)
        for name in entry.get("co_authors", []):
            authors.add_author(item, User.objects.get(username=name), by=item.created_by, at=self.run.now)
        if assignment := entry.get("assignment"):
            assignee = User.objects.get(username=assignment["to"])
            due_on, by = self.run.date_in(assignment["in_days"]), _get_account(assignment)
            assignments.assign(item, assignee, due_on=due_on, by=by, at=self.run.now, note=assignment["note"])
        for comment in entry.get("comments", []):
            self._add_comment(item, comment)

    def _add_comment(self, item: Publishable, entry: ContentEntry) -> None:
        text, place = entry["text"], Place(quote=entry.get("quote", ""))
        add_comment(
            Comment.Kind.REMARK,
            item,
            revisions.open_edition(item),
            by=_get_account(entry),
            at=self.run.now,
            text=text,
            mentioned=mentioned_in(text, User.objects.all()),
            place=locate(place, texts_of(item)),
        )


def _get_account(entry: ContentEntry) -> User:
    return User.objects.get(username=entry["by"])
