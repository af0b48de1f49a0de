"""Articles of the demo with their sections, sources and mentions."""

from django.conf import settings

from news.models import Article, Mention, Section, Source, SourceAlias
from postportal.demo.content_files import ContentEntry, pick_fields, read_content
from postportal.demo.directory import DirectoryLoader
from postportal.demo.hotlines import refer_to_hotlines
from postportal.demo.media import gallery_of
from postportal.demo.pictures import PictureLoader
from postportal.demo.redirects import add_redirect
from postportal.demo.run import LoadRun
from postportal.publishing.models import State

ARTICLE_FIELDS = (
    *("title", "slug", "standfirst", "body", "credit", "location", "withdrawal_reason"),
    *("correction", "correction_on", "changed_at", "change_note"),
)


class ArticleLoader:
    def __init__(self, run: LoadRun, pictures: PictureLoader, directory: DirectoryLoader) -> None:
        self.run = run
        self.pictures = pictures
        self.directory = directory
        self.sections: dict[str, Section] = {}
        self.sources: dict[str, Source] = {}

    def load(self) -> None:
        content = read_content("articles")
        self.sections = {entry["slug"]: self._add_section(entry) for entry in content["sections"]}
        self.sources = {entry["slug"]: self._add_source(entry) for entry in content["sources"]}
        # Originals are loaded before their translations.
        for name in ("articles", "specimens", "articles_zh"):
            content = read_content(name)
            for entry in content["articles"]:
                self.add_if_missing(entry, language=content.get("language", settings.LANGUAGE_CODE))

    def _add_section(self, entry: ContentEntry) -> Section:
        fields = pick_fields(entry, "name", "name_zh", "description", "description_zh", "order")
        return self.run.get_or_create(Section, {"slug": entry["slug"]}, fields)[0]

    def _add_source(self, entry: ContentEntry) -> Source:
        source, is_new = self.run.get_or_create(Source, {"slug": entry["slug"]}, pick_fields(entry, "name", "name_zh"))
        for alias in entry["aliases"] if is_new else []:
            SourceAlias(source=source, name=alias).save()
        return source

    def add_if_missing(self, entry: ContentEntry, *, language: str = settings.LANGUAGE_CODE) -> Article | None:
        """Return the article if it was missing and has been created, otherwise None."""
        key = {"external_id": f"demo-{language}-{entry['slug']}"}
        article, is_new = self.run.get_or_create(Article, key, self._fields(entry, language=language))
        if not is_new:
            return None
        article.tags.add(*entry.get("tags", []))
        for order, mention in enumerate(self._mentions(entry)):
            Mention(article=article, order=order, **mention).save()
        add_redirect(self.run, entry, article)
        return article

    def _fields(self, entry: ContentEntry, *, language: str) -> ContentEntry:
        day = self.run.date_of(entry, "dateline") or self.run.today
        return pick_fields(entry, *ARTICLE_FIELDS) | {
            "body": refer_to_hotlines(entry.get("body", "")) + gallery_of(entry, self.pictures),
            "language": language,
            "dateline_on": day,
            "publish_at": self.run.opening_time_on(day),
            "review_on": self.run.date_of(entry, "review"),
            "state": entry.get("state", State.PUBLISHED),
            "section": self.sections[entry["section"]],
            "source": self.sources[entry["source"]] if "source" in entry else None,
            "lead_image": self.pictures.image_for(entry),
            "is_featured": entry.get("featured", False),
            "translation_of": self._find_original(entry),
        }

    def _find_original(self, entry: ContentEntry) -> Article | None:
        if "translation_of" not in entry:
            return None
        number = f"demo-{settings.LANGUAGE_CODE}-{entry['translation_of']}"
        return Article.objects.filter(external_id=number).first()

    def _mentions(self, entry: ContentEntry) -> list[ContentEntry]:
        """Return the fields of each mention. The entry gives a slug, or a table of slug and name as printed."""
        return [
            {field: rows[subject["slug"]], "label": subject.get("label", "")}
            for field, rows, subjects in (
                ("person", self.directory.people, entry.get("people", [])),
                ("organization", self.directory.organizations, entry.get("organizations", [])),
            )
            for subject in ({"slug": one} if isinstance(one, str) else one for one in subjects)
        ]
