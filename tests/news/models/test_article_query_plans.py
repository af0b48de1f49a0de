"""Query plans: lists are read from an index in their order, and never sorted."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news import listings
from news.archive import count_archive
from news.models import Article
from news.models.article import ArticleQuerySet
from news.models.article_count import Facet
from postportal.web.date_ranges import DateRange
from tests.factories import news

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 26, 8, 0, tzinfo=dt.UTC)
LISTS: dict[str, Callable[[ArticleQuerySet], ArticleQuerySet]] = {
    "all": lambda rows: rows,
    "section": lambda rows: rows.filter(section=1),
    "source": lambda rows: rows.filter(source=1),
    "later": lambda rows: rows.later_than(Article(dateline_on=AT.date(), publish_at=AT, pk=1)),
}


def plan(rows: ArticleQuerySet) -> str:
    if connection.vendor == "postgresql":
        grow_archive()
        # With a few thousand rows PostgreSQL prefers to sort. The test checks that it does not have to.
        with connection.cursor() as cursor:
            for way in ("seqscan", "bitmapscan", "sort", "incremental_sort"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
    return rows.explain()


def grow_archive() -> None:
    """Copy the first article to 2,000 others, in other sections, of other sources and days.

    PostgreSQL plans by statistics. In a table of one row, all indexes cost the same and any of them may be read.
    """
    first = Article.objects.order_by("pk").first()
    other = {"section": news.section("Elsewhere").pk, "source": news.source("Elsewhere").pk}
    values = {
        **{field.column: f'"{field.column}"' for field in Article._meta.concrete_fields if not field.primary_key},
        "external_id": "NULL",
        "slug": "'copy-' || number",
        "is_featured": "FALSE",
        "section_id": f"CASE WHEN mod(number, 50) = 0 THEN section_id ELSE {other['section']} END",
        "source_id": f"CASE WHEN mod(number, 50) = 0 THEN source_id ELSE {other['source']} END",
        "dateline_on": "dateline_on - mod(number, 1000)",
    }
    columns = ", ".join(f'"{column}"' for column in values)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE news_article DISABLE TRIGGER USER")
        cursor.execute(
            f"INSERT INTO news_article ({columns}) SELECT {', '.join(values.values())} "
            "FROM news_article, generate_series(1, 2000) AS number WHERE news_article.id = %s",
            [first.pk],
        )
        cursor.execute("ANALYZE news_article")


@pytest.mark.parametrize("name", LISTS)
def test_list_is_read_from_an_index_without_sorting(name: str) -> None:
    news.article()
    public = Article.objects.published(AT).filter(language="en")
    rows = LISTS[name](public)

    found = plan(rows.oldest_first()[:20] if name == "later" else rows.newest_first()[:20])

    assert "Sort" not in found
    assert "TEMP B-TREE" not in found
    assert "article_" in found


@pytest.mark.parametrize("name", ["all", "section", "source", "year"])
def test_page_of_a_list_is_found_in_an_index_alone(name: str) -> None:
    """The articles on the pages before are skipped without reading their rows."""
    article = news.article(source=news.source())
    narrow = {
        "all": {},
        "section": {"section": article.section},
        "source": {"source": article.source},
        "year": {"dateline_on__range": DateRange.of_years(2021, 2021)},
    }[name]
    rows = Article.objects.published(AT).in_language("en").filter(**narrow).newest_first()
    index = {"section": "article_section_list", "source": "article_source_list"}

    found = plan(rows.values("pk")[9980:10000])

    assert "Sort" not in found
    assert "TEMP B-TREE" not in found
    assert index.get(name, "article_list") in found
    if connection.vendor == "sqlite":
        assert f"COVERING INDEX {index.get(name, 'article_list')}" in found


def test_lead_story_is_found_in_an_index_of_lead_stories() -> None:
    news.article(is_featured=True)
    rows = Article.objects.published(AT).in_language("en").filter(is_featured=True)

    assert "article_featured" in plan(rows.newest_first().for_lists()[:1])


@pytest.mark.parametrize("count", [1, listings.MAX_SORTED + 1])
@pytest.mark.parametrize("name", ["person", "tag"])
def test_articles_of_a_tag_are_found_first_unless_there_are_many(name: str, count: int) -> None:
    person, article = news.person("Zhou", "Mei"), news.article(tags=["night"])
    news.mention(person, article=article)
    if connection.vendor == "postgresql":
        grow_archive()
    made = {
        "person": lambda: listings.listing_of_person(person),
        "tag": lambda: listings.tag_listing(AT, slug="night"),
    }[name]()

    found = replace(made, kept_count=count).select(AT, language="en").values("pk")[:20].explain()

    if count == 1:
        assert "article_list" not in found
        # Not by content type, which all tags of articles have.
        assert ("taggeditem_tag_id" if name == "tag" else "mention_person_id") in found or connection.vendor != "sqlite"
    elif connection.vendor == "sqlite":
        assert "TEMP B-TREE" not in found
        assert "article_list" in found.splitlines()[0]


@pytest.mark.parametrize("facet", Facet)
def test_numbers_are_read_from_indexes(facet: Facet) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    with CaptureQueriesContext(connection) as captured:
        count_archive(at=AT, language="en", facet=facet, key=1)
        count_archive(at=AT, language="en", section=news.section())
    queries = [query["sql"] for query in captured if "news_articlecount" in query["sql"] and "UNION" in query["sql"]]
    assert len(queries) == 2

    with connection.cursor() as cursor:
        for query in queries:
            cursor.execute(f"EXPLAIN {'QUERY PLAN' if connection.vendor == 'sqlite' else ''} {query}")
            found = "\n".join(str(row) for row in cursor.fetchall())
            assert "SCAN news_article" not in found
            assert "Seq Scan" not in found
            # PostgreSQL chooses among indexes by its statistics, and these tables have few rows.
            if connection.vendor == "sqlite":
                assert "article_publish_at" in found
                assert "article_expire_at" in found
