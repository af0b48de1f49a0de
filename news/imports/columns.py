"""Columns of an article that a line changes."""

import datetime as dt
from typing import Any, NamedTuple

from django.conf import settings

from news.imports.article_line import ArticleLine
from news.imports.bodies import read_body
from news.imports.line_state import refusal_of_state, state_for
from news.imports.pictures import PictureFolder, PictureRefusedError
from news.imports.taxonomy import Taxonomy
from news.imports.translations import Originals
from news.models import Article
from postportal.publishing.models import State

DEFAULT_SECTION = "News"
# What readers do not see changes without an update for them.
_UNSEEN = {"slug", "publish_at", "state", "changed_at"}


class LineValues(NamedTuple):
    """The new values by column, without those that stay. `notes` are for the report. `refusal` is why the line cannot
    be imported, or ""."""

    values: dict[str, Any]
    notes: list[str]
    refusal: str = ""

    @property
    def are_seen(self) -> bool:
        return not self.values.keys() <= _UNSEEN


class ColumnReader:
    """Reads the values of lines. `at` is the time of the import."""

    def __init__(self, *, at: dt.datetime, taxonomy: Taxonomy, pictures: PictureFolder) -> None:
        self.at = at
        self.taxonomy = taxonomy
        self.pictures = pictures

    def read(self, article: Article, line: ArticleLine, *, originals: Originals) -> LineValues:
        """Return what the line changes about the article, which may be new. `originals` has the keys of the articles
        that lines are translations of, by external ID."""
        state = state_for(article, line.state, publish_at=line.publish_at, at=self.at)
        refusal = refusal_of_state(article, state, at=self.at) or self._refusal_of_section(article, line)
        if refusal:
            return LineValues({}, [], refusal)
        notes: list[str] = []
        values = self._texts(line, notes) | self._picture(line, notes) | self._times(article, line, state)
        if line.section or article.pk is None:
            values["section_id"] = self.taxonomy.section_pk(line.section or DEFAULT_SECTION)
        if line.source is not None:
            values["source_id"] = self.taxonomy.source_pk(line.source) if line.source else None
        if line.slug and not article.has_slug(line.slug):
            values["slug"] = line.slug
        values |= _original(article, line, originals, notes)
        if not article.pk:
            return LineValues(values, notes)
        changed = {name: value for name, value in values.items() if getattr(article, name) != value}
        return LineValues(changed, notes)

    def _refusal_of_section(self, article: Article, line: ArticleLine) -> str:
        name = line.section or (DEFAULT_SECTION if article.pk is None else "")
        if not name or self.taxonomy.has_section(name):
            return ""
        remedy = "create it in the admin, or use --create-sections"
        if line.section:
            return f"section: there is no section “{name}”; {remedy}"
        return f"section: missing, and there is no section “{name}”; {remedy}"

    def _texts(self, line: ArticleLine, notes: list[str]) -> dict[str, Any]:
        values: dict[str, Any] = {"title": line.title}
        for name in ("standfirst", "credit", "location"):
            if getattr(line, name) is not None:
                values[name] = getattr(line, name)
        if line.body is not None:
            body = read_body(line.body, pictures=self.pictures, gallery=line.gallery)
            notes += [f"picture {reason}" for reason in body.refused_pictures]
            unnamed = [picture.path[:200] for picture in line.gallery if not picture.alt]
            notes += [f"picture {path}: no alternative text in the line" for path in unnamed]
            values["body"] = body.html
        if line.language:
            values["language"] = line.language
        return values

    def _picture(self, line: ArticleLine, notes: list[str]) -> dict[str, Any]:
        if line.picture is None:
            return {}
        if not line.picture.path:
            return {"lead_image_id": None}
        try:
            image = self.pictures.take(line.picture)
        except PictureRefusedError as error:
            notes.append(f"lead picture {line.picture.path[:200]}: {error}")
            return {}
        if image.is_decorative:
            notes.append(f"lead picture {line.picture.path[:200]}: no alternative text; add it in the admin")
        return {"lead_image_id": image.pk}

    def _times(self, article: Article, line: ArticleLine, state: State) -> dict[str, Any]:
        values: dict[str, Any] = {"state": state}
        if line.dateline_on:
            values["dateline_on"] = line.dateline_on
        if state in (State.PUBLISHED, State.SCHEDULED):
            values["publish_at"] = line.publish_at
        elif state == State.DRAFT:
            values["publish_at"] = None
        # The time never moves back: an update that was made here may be newer.
        former = article.changed_at or line.publish_at
        if line.updated_at and former and former < line.updated_at:
            values["changed_at"] = line.updated_at
        return values


def new_article(line: ArticleLine) -> Article:
    return Article(external_id=line.external_id, language=line.language or settings.LANGUAGE_CODE)


def _original(article: Article, line: ArticleLine, originals: Originals, notes: list[str]) -> dict[str, int | None]:
    """Return the original as a column. One that is not written yet is linked at the end of the import."""
    if line.translation_of == "":
        return {"translation_of_id": None}
    if line.translation_of is None or line.translation_of not in originals:
        return {}
    original = originals.link(article, line.translation_of, language=line.language or article.language)
    if isinstance(original, str):
        notes.append(original)
        return {}
    return {"translation_of_id": original.pk}
