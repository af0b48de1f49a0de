from django.conf import settings

from news.models import Article, Mention, Section, Source, SourceAlias
from postportal.demo.content_files import Entry, pick, read
from postportal.demo.directory import Register
from postportal.demo.pictures import Pictures
from postportal.demo.redirects import remember
from postportal.demo.run import Run
from postportal.publishing.models import State

FIELDS = (
    *("title", "slug", "standfirst", "body", "credit", "location", "withdrawal_reason"),
    *("correction", "correction_on", "changed_at", "change_note"),
)


class Articles:
    def __init__(self, run: Run, pictures: Pictures, register: Register) -> None:
        self.run = run
        self.pictures = pictures
        self.register = register

    def load(self) -> None:
        content = read("articles")
        self.sections = {entry["slug"]: self._section(entry) for entry in content["sections"]}
        self.sources = {entry["slug"]: self._source(entry) for entry in content["sources"]}
        # The originals before their translations.
        for name in ("articles", "specimens", "articles_zh"):
            content = read(name)
            for entry in content["articles"]:
                self.ensure(entry, language=content.get("language", settings.LANGUAGE_CODE))

    def _section(self, entry: Entry) -> Section:
        fields = pick(entry, "name", "name_zh", "description", "description_zh", "order")
        return self.run.ensure(Section, {"slug": entry["slug"]}, fields)[0]

    def _source(self, entry: Entry) -> Source:
        source, made = self.run.ensure(Source, {"slug": entry["slug"]}, pick(entry, "name", "name_zh"))
        for alias in entry["aliases"] if made else []:
            SourceAlias(source=source, name=alias).save()
        return source

    def ensure(self, entry: Entry, *, language: str = settings.LANGUAGE_CODE) -> Article | None:
        """Return the article if it had to be made."""
        key = {"external_id": f"demo-{language}-{entry['slug']}"}
        article, made = self.run.ensure(Article, key, self._fields(entry, language=language))
        if not made:
            return None
        article.tags.add(*entry.get("tags", []))
        for order, mention in enumerate(self._mentions(entry)):
            Mention(article=article, order=order, **mention).save()
        remember(self.run, entry, article)
        return article

    def _fields(self, entry: Entry, *, language: str) -> Entry:
        day = self.run.day_of(entry, "dateline") or self.run.today
        return pick(entry, *FIELDS) | {
            "language": language,
            "dateline_on": day,
            "publish_at": self.run.opening_of(day),
            "review_on": self.run.day_of(entry, "review"),
            "state": entry.get("state", State.PUBLISHED),
            "section": self.sections[entry["section"]],
            "source": self.sources[entry["source"]] if "source" in entry else None,
            "lead_image": self.pictures.of(entry),
            "is_featured": entry.get("featured", False),
            "translation_of": self._original(entry),
        }

    def _original(self, entry: Entry) -> Article | None:
        if "translation_of" not in entry:
            return None
        number = f"demo-{settings.LANGUAGE_CODE}-{entry['translation_of']}"
        return Article.objects.filter(external_id=number).first()

    def _mentions(self, entry: Entry) -> list[Entry]:
        """Who is mentioned: a slug, or a table of slug and name as printed."""
        return [
            {field: rows[subject["slug"]], "label": subject.get("label", "")}
            for field, rows, subjects in (
                ("person", self.register.people, entry.get("people", [])),
                ("organization", self.register.organizations, entry.get("organizations", [])),
            )
            for subject in ({"slug": one} if isinstance(one, str) else one for one in subjects)
        ]
