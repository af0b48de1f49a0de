"""Writes articles a few hundred at a time."""

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType

from news.imports.article_line import ArticleLine
from news.imports.known_names import KnownNames
from news.imports.slugs import assign_unique_slugs
from news.imports.tags_and_mentions import UnknownNames, add_mentions, set_tags
from news.imports.taxonomy import Taxonomy
from news.models import Article
from postportal.pages.models import Redirect
from postportal.publishing.models import State
from postportal.richtext.plain_text import plain_text, text_to_html
from postportal.richtext.sanitize import clean_html

DEFAULT_SECTION = "News"
# "a <b and c> d" is arithmetic, not bold.
_HTML_TAG = re.compile(
    r"</?(?:p|br|hr|div|h[1-6]|ul|ol|li|a|b|i|em|strong|span|table|blockquote|figure|img)(?:\s+[\w:-]+\s*=[^<>]*)?\s*/?>",
    re.IGNORECASE,
)


@dataclass(slots=True)
class BatchResult:
    """What became of the lines of a batch."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    unknown_names: UnknownNames = field(default_factory=UnknownNames)


class BatchWriter:
    """`at` is the moment of the import."""

    def __init__(self, *, at: dt.datetime) -> None:
        self.at = at
        self.taxonomy = Taxonomy()
        self.known_names = KnownNames.load()

    def write(self, lines: list[ArticleLine]) -> BatchResult:
        """Write the lines, of which no two have one external number, in the caller's transaction."""
        here = Article.objects.in_bulk([line.external_id for line in lines], field_name="external_id")
        pairs = [(here.get(line.external_id) or self._new_article(line), line) for line in lines]
        addresses = {
            article.pk: _url_path(article) for article, line in pairs if article.pk and _changes_url(article, line)
        }
        changes = [(article, self._apply_line(article, line)) for article, line in pairs]
        filled = [article for article, names in changes if names]
        new = [article for article in filled if article.pk is None]
        changed = [article for article in filled if article.pk is not None]
        assign_unique_slugs(filled)
        # Only the columns that change in this batch: a text corrected in a thousand articles is one column.
        fields = {name for article, names in changes if article.pk for name in names} | {"slug", "modified_at"}
        Article.objects.bulk_save(new=new, changed=changed, fields=sorted(fields))
        written = BatchResult(created=len(new))
        with_parts = set_tags(pairs, self.taxonomy) | add_mentions(
            pairs, self.known_names, unknown_names=written.unknown_names
        )
        with_parts -= {article.pk for article in filled}
        Article.objects.enqueue_changes(with_parts)
        _add_redirects([article for article in changed if article.pk in addresses], addresses)
        written.updated = len(changed) + len(with_parts)
        written.unchanged = len(lines) - written.created - written.updated
        return written

    def _new_article(self, line: ArticleLine) -> Article:
        return Article(external_id=line.external_id, state=State.PUBLISHED, language=settings.LANGUAGE_CODE)

    def _apply_line(self, article: Article, line: ArticleLine) -> set[str]:
        """Put what the line says into the article; returns the columns that this changes."""
        values = self._column_values(article, line)
        changed = {name for name, value in values.items() if getattr(article, name) != value}
        for name in changed:
            setattr(article, name, values[name])
        if "body" in changed:
            article.body_text = plain_text(article.body)
            changed.add("body_text")
        if changed:
            article.modified_at = self.at
        return changed

    def _column_values(self, article: Article, line: ArticleLine) -> dict[str, Any]:
        """The columns that the line speaks of."""
        values: dict[str, Any] = {
            "title": line.title,
            "dateline_on": line.dateline_on,
            "publish_at": line.publish_at,
        }
        if line.standfirst is not None:
            values["standfirst"] = line.standfirst
        if line.body is not None:
            values["body"] = to_clean_html(line.body)
        if line.section or article.pk is None:
            values["section_id"] = self.taxonomy.section_pk(line.section or DEFAULT_SECTION)
        if line.source is not None:
            values["source_id"] = self.taxonomy.source_pk(line.source) if line.source else None
        if line.language:
            values["language"] = line.language
        return values


def to_clean_html(text: str) -> str:
    """The body as clean HTML, whether it comes as HTML or as plain text."""
    return clean_html(text) if _HTML_TAG.search(text) else text_to_html(text)


def _url_path(article: Article) -> str:
    return article.get_absolute_url()


def _changes_url(article: Article, line: ArticleLine) -> bool:
    """The day and the language are part of the address."""
    return article.dateline_on != line.dateline_on or (line.language or article.language) != article.language


def _add_redirects(articles: list[Article], addresses: dict[int, str]) -> None:
    """Let the addresses that readers have lead to the articles' new ones."""
    content_type = ContentType.objects.get_for_model(Article)
    Redirect.objects.bulk_create(
        [Redirect(old_path=addresses[each.pk], content_type=content_type, object_id=each.pk) for each in articles],
        ignore_conflicts=True,
    )
