"""Writing of imported articles in batches."""

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType

from news.imports.article_line import ArticleLine
from news.imports.known_names import KnownNames
from news.imports.slugs import assign_unique_slugs
from news.imports.tags_and_mentions import ArticlePairs, UnknownNames, add_mentions, set_tags
from news.imports.taxonomy import Taxonomy
from news.models import Article
from postportal.pages.models import Redirect
from postportal.publishing.models import State
from postportal.richtext.allowed_html import KNOWN_TAGS
from postportal.richtext.left_out import LeftOut
from postportal.richtext.plain_text import plain_text, text_to_html
from postportal.richtext.sanitize import CleanHtml, clean_html

DEFAULT_SECTION = "News"
# "a <b and c> d" is arithmetic, not bold.
_HTML_TAG = re.compile(
    rf"</?(?:{'|'.join(sorted(KNOWN_TAGS, key=len, reverse=True))})(?:\s+[\w:-]+\s*=[^<>]*)?\s*/?>", re.IGNORECASE
)


@dataclass(slots=True)
class BatchResult:
    """Numbers of lines of a batch by outcome."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    unknown_names: UnknownNames = field(default_factory=UnknownNames)
    # What was left out of the text, by the number of the line.
    left_out: dict[int, LeftOut] = field(default_factory=dict)


class BatchWriter:
    """Writes batches of lines. `at` is the time of the import."""

    def __init__(self, *, at: dt.datetime) -> None:
        self.at = at
        self.taxonomy = Taxonomy()
        self.known_names = KnownNames.load()

    def write(self, lines: list[ArticleLine]) -> BatchResult:
        """Write the lines, which must have different external IDs, in the transaction of the caller."""
        existing = Article.objects.in_bulk([line.external_id for line in lines], field_name="external_id")
        pairs = [(existing.get(line.external_id) or self._new_article(line), line) for line in lines]
        former_urls = {
            article.pk: _url_path(article) for article, line in pairs if article.pk and _changes_url(article, line)
        }
        changes = [(article, self._apply_line(article, line)) for article, line in pairs]
        to_save = [article for article, names in changes if names]
        new = [article for article in to_save if article.pk is None]
        changed = [article for article in to_save if article.pk is not None]
        assign_unique_slugs(to_save)
        # Only the columns that changed, usually few: a bulk update gets slow with many columns.
        fields = {name for article, names in changes if article.pk for name in names} | {"slug", "modified_at"}
        Article.objects.bulk_save(new=new, changed=changed, fields=sorted(fields))
        result = BatchResult(created=len(new), left_out=_left_out_of(pairs))
        # Articles of which only tags or mentions changed.
        related_only = set_tags(pairs, self.taxonomy)
        related_only |= add_mentions(pairs, self.known_names, unknown_names=result.unknown_names)
        related_only -= {article.pk for article in to_save}
        Article.objects.enqueue_changes(related_only)
        _add_redirects([article for article in changed if article.pk in former_urls], former_urls)
        result.updated = len(changed) + len(related_only)
        result.unchanged = len(lines) - result.created - result.updated
        return result

    def _new_article(self, line: ArticleLine) -> Article:
        return Article(external_id=line.external_id, state=State.PUBLISHED, language=settings.LANGUAGE_CODE)

    def _apply_line(self, article: Article, line: ArticleLine) -> set[str]:
        """Set the values of the line on the article, and return the names of the columns that changed."""
        values = self._column_values(article, line)
        changed = {name for name, value in values.items() if getattr(article, name) != value}
        for name in changed:
            setattr(article, name, values[name])
        if not article.pk and "body" in values:
            article.body = values["body"]  # Even a blank one knows what was left out of it.
        if "body" in changed:
            article.body_text = plain_text(article.body)
            changed.add("body_text")
        if changed:
            article.modified_at = self.at
        return changed

    def _column_values(self, article: Article, line: ArticleLine) -> dict[str, Any]:
        """Return the values of the line by column, without missing ones."""
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


def _left_out_of(pairs: ArticlePairs) -> dict[int, LeftOut]:
    """Return what was left out of the texts that this batch wrote."""
    result: dict[int, LeftOut] = {}
    for article, line in pairs:
        body: object = article.body
        if isinstance(body, CleanHtml) and body.left_out:
            result[line.number] = body.left_out
    return result


def to_clean_html(text: str) -> str:
    """Return the body, given as HTML or plain text, as clean HTML."""
    return clean_html(text) if _HTML_TAG.search(text) else text_to_html(text)


def _url_path(article: Article) -> str:
    return article.get_absolute_url()


def _changes_url(article: Article, line: ArticleLine) -> bool:
    """Return True if the line changes the date or the language, which are part of the URL."""
    return article.dateline_on != line.dateline_on or (line.language or article.language) != article.language


def _add_redirects(articles: list[Article], former_urls: dict[int, str]) -> None:
    """Redirect the former URLs of the articles to the articles."""
    content_type = ContentType.objects.get_for_model(Article)
    Redirect.objects.bulk_create(
        [
            Redirect(old_path=former_urls[article.pk], content_type=content_type, object_id=article.pk)
            for article in articles
        ],
        ignore_conflicts=True,
    )
