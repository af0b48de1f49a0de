"""The rows that the page of an article shows. Their queries are compiled once: only values in them change."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from taggit.models import Tag, TaggedItem

from news.list_rows import rows_between
from news.listings import MAX_SORTED, listing_of_tag
from news.models import Article
from news.models.article import NEWEST_FIRST
from postportal.web.compiled_query import CompiledQuery
from postportal.web.date_ranges import PUBLICATION_DAYS

MAX_RELATED = 3
# A tag that more items have is common: articles with it are looked for among so many of the newest first, and then by
# date, instead of among all that have it.
MAX_SEARCHED_FOR_RELATED = 2000


def find_article(*, language: str, day: dt.date, slug: str) -> Article | None:
    """Return the article at this URL, public or not."""
    return next(iter(_article.objects(language, day, slug)), None)


def tags_of(article: Article) -> list[Tag]:
    """Return the tags of the article, each with `is_common`, by name."""
    return _tags.objects(article.pk, _article_type())


def related_to(article: Article, *, tags: Sequence[Tag], at: dt.datetime) -> list[Article]:
    """Return the newest articles that share a tag with this one, then the newest of its section."""
    values = (at, article.language, article.pk, _article_type())
    common = [tag for tag in tags if tag.is_common]
    if common:
        newest: list[Article] = _newest_with_a_tag.objects(*values)
        if len(newest) == MAX_RELATED:
            return newest
    others = _related.objects(*values, article.section_id)
    sharing = {row.pk: row for tag in common for row in _newest_of(tag, at=at) if row.pk != article.pk}
    sharing |= {row.pk: row for row in others if row.shares_tag}
    ordered = sorted(sharing.values(), key=lambda row: row.sort_key, reverse=True)
    return [*ordered, *(row for row in others if row.pk not in sharing)][:MAX_RELATED]


def _newest_of(tag: Tag, *, at: dt.datetime) -> QuerySet[Article]:
    """Return the newest articles with a common tag, of which one may be that of the page."""
    return rows_between(listing_of_tag(tag, kept_count=MAX_SORTED + 1), 0, MAX_RELATED + 1, at=at)


def others_beside(article: Article, *, at: dt.datetime) -> tuple[dict[str, Article], list[Article]]:
    """Return the articles next to this one by date, if any, as "earlier" and "later", and its translations by
    language."""
    root = article.translation_of_id or article.pk
    key = (article.dateline_on, article.publish_at, article.pk)
    rows: list[Article] = _beside.objects(at, article.language, *key, root)
    neighbours = {
        "later" if row.sort_key > article.sort_key else "earlier": row
        for row in rows
        if row.language == article.language
    }
    return neighbours, [row for row in rows if row.language != article.language]


def _article_type() -> int:
    return ContentType.objects.get_for_model(Article).pk


def _tags_query(pk: int, content_type: int) -> Any:
    of_article = TaggedItem.objects.filter(content_type=content_type, object_id=pk)
    return (
        Tag.objects.filter(pk__in=of_article.values("tag"))
        .annotate(is_common=_is_common(OuterRef("pk")))
        .order_by("name")
    )


def _public(at: dt.datetime, language: str) -> Any:
    return Article.objects.published(at).in_language(language)


def _tagged_as(pk: int, content_type: int, *, with_common: bool) -> Any:
    """Return the tags that an article has on other articles, with or without those that are common."""
    # Not by the field `tags`, which joins the articles again and casts the keys, so that PostgreSQL uses no index.
    of_article = TaggedItem.objects.filter(content_type=content_type, object_id=pk)
    # With the plain column, SQLite would read the tags of all articles instead of the items with these tags.
    items = TaggedItem.objects.alias(type_without_index=F("content_type_id") + 0)
    if not with_common:
        of_article = of_article.exclude(_is_common(OuterRef("tag")))
    return items.filter(type_without_index=content_type, tag__in=of_article.values("tag"))


def _is_common(tag: OuterRef) -> Exists:
    items = TaggedItem.objects.filter(tag=tag).order_by()
    return Exists(items[MAX_SEARCHED_FOR_RELATED : MAX_SEARCHED_FOR_RELATED + 1])


def _newest_with_a_tag_query(at: dt.datetime, language: str, pk: int, content_type: int) -> Any:
    """Go through the newest in their order, which ends with the last that is needed."""
    public = _public(at, language)
    last_day = Subquery(public.newest_first().values("dateline_on")[MAX_SEARCHED_FOR_RELATED:][:1])
    shares_tag = Exists(_tagged_as(pk, content_type, with_common=True).filter(object_id=OuterRef("pk")))
    newest = public.filter(shares_tag, dateline_on__gte=Coalesce(last_day, PUBLICATION_DAYS.first)).exclude(pk=pk)
    return newest.newest_first().for_lists()[:MAX_RELATED]


def _related_query(at: dt.datetime, language: str, pk: int, content_type: int, section: int) -> Any:
    public, tagged = Article.objects.published(at).exclude(pk=pk), _tagged_as(pk, content_type, with_common=False)
    candidates = [
        # The tagged articles are few. SQLite, which has no statistics, would go through all in the language instead.
        public.in_language_without_index(language).filter(pk__in=tagged.values("object_id")),
        public.in_language(language).filter(section=section),
    ]
    # SQLite allows limits within a union only in subqueries.
    parts = [
        Article.objects.filter(pk__in=rows.newest_first().values("pk")[:MAX_RELATED]).values("pk")
        for rows in candidates
    ]
    # Not filtered again: SQLite would then read all articles of the language for these few.
    both = Article.objects.filter(pk__in=parts[0].union(parts[1]))
    shares_tag = Exists(tagged.filter(object_id=OuterRef("pk")))
    return both.annotate(shares_tag=shares_tag).order_by("-shares_tag", *NEWEST_FIRST).for_lists()[:MAX_RELATED]


def _beside_query(
    at: dt.datetime, language: str, day: dt.date, publish_at: dt.datetime, pk: int, root: int
) -> QuerySet[Article]:
    article = Article(pk=pk, dateline_on=day, publish_at=publish_at)
    keys = _public(at, language).keys_beside(article)
    translations = Article.objects.filter(Q(pk=root) | Q(translation_of=root)).published(at).exclude(pk=pk)
    return Article.objects.filter(keys | Q(pk__in=translations.values("pk"))).order_by("language").for_lists()


_article = CompiledQuery(
    lambda language, day, slug: Article.objects.select_related("section", "source", "lead_image").filter(
        language=language, dateline_on=day, slug=slug
    ),
    takes=(str, dt.date, str),
)
_tags = CompiledQuery(_tags_query, takes=(int, int))
_newest_with_a_tag = CompiledQuery(_newest_with_a_tag_query, takes=(dt.datetime, str, int, int))
_related = CompiledQuery(_related_query, takes=(dt.datetime, str, int, int, int))
_beside = CompiledQuery(_beside_query, takes=(dt.datetime, str, dt.date, dt.datetime, int, int))
