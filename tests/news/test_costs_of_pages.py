"""Work of the database for the pages of a growing archive: it depends on what a page shows, and not on the number of
articles. Counted, not timed, so that it is the same on every machine."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.speed.copies import copy_articles
from news import article_page, listings
from news.models import Article
from postportal.publishing.models import State
from tests.factories import documents, news
from tests.news.test_save_plans import plan_of

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_django]
ARTICLES, EMBARGOED, TIMES = 60, 20, 10
OPENS_AT = dt.datetime(2090, 3, 1, 9, tzinfo=dt.UTC)
GROWING = (
    "news_article",
    "news_mention",
    "taggit_taggeditem",
    "richtext_textlink",
    "search_posting",
    "search_indexentry",
)
PAGES = {
    "home": "/",
    "list": "/news/",
    "last page": "/news/?page=2",
    "year": "/news/2021/",
    "tag": "/news/tag/mail/",
    "people": "/people/",
    "organizations": "/organizations/",
    "feed": "/feeds/news.atom",
    "feed of a tag": "/feeds/news/tag/mail.atom",
    "search": "/search/?q=claim",
    "suggestions": "/search/suggestions/?q=mai",
    "sitemaps": "/sitemap.xml",
    "not found": "/news/nothing/",
}
STAFF_PAGES = {
    "home of staff": "/admin/",
    "articles": "/admin/news/article/",
    "search of the articles": "/admin/news/article/?q=claim",
    "part of a word": "/admin/news/article/?q=clai",
    "tags": "/admin/taggit/tag/",
    "published articles": "/admin/news/article/?state__exact=published",
    "due for review": "/admin/waiting/stale/",
    "dead links": "/admin/waiting/broken-links/",
    "telephone numbers": "/admin/waiting/stray-numbers/",
    "outdated translations": "/admin/waiting/outdated-translations/",
    "calendar": "/admin/calendar/",
    "new article": "/admin/news/article/add/",
}
# Instructions of SQLite's machine that are counted as one.
STEP = 20
# To count the rows of an index, as a list does under it, takes four instructions for each.
STEPS_TO_COUNT = 4 / STEP
# Articles under embargo are passed over in an index, once for the list and once for its numbers.
STEPS_TO_PASS = 20 / STEP


@contextmanager
def counted_steps() -> Iterator[list[int]]:
    """Yield a list that in the end has the steps that SQLite took."""
    steps = [0]

    def count() -> int:
        steps[0] += 1
        return 0

    connection.ensure_connection()
    connection.connection.set_progress_handler(count, STEP)
    try:
        yield steps
    finally:
        connection.connection.set_progress_handler(None, 0)


@pytest.fixture
def urls(django_capture_on_commit_callbacks: Any) -> dict[str, str]:
    """Make an archive and return its pages, by what they are. One person is in the older half of the articles only.
    Some articles with the same names and tag are still to come."""
    with django_capture_on_commit_callbacks(execute=True):
        person, former = news.person("Zhou", "Mei"), news.person("Gao", "Lan")
        office, source = news.organization("Harbour Post"), news.source()
        for number in range(ARTICLES):
            article = add_article(number, source=source)
            for each in (person, office, *([former] if number % 2 else [])):
                news.mention(each, article=article)
        for number in range(EMBARGOED):
            to_come = {"state": State.SCHEDULED, "publish_at": OPENS_AT, "dateline_on": OPENS_AT.date()}
            hidden = add_article(ARTICLES + number, source=source, **to_come)
            for each in (person, office):
                news.mention(each, article=hidden)
        # Used by nothing public: it is looked for in every text.
        documents.document("Unused claim form")
    return {
        "article": article.get_absolute_url(),
        "section": article.section.get_absolute_url(),
        "source": source.get_absolute_url(),
        "person": person.get_absolute_url(),
        "person of long ago": former.get_absolute_url(),
        "articles of a person": reverse("news:person_news", args=[person.slug]),
        "organization": office.get_absolute_url(),
        "articles of an organization": reverse("news:organization_news", args=[office.slug]),
        "month": f"/news/{article.dateline_on:%Y/%m}/",
        **PAGES,
    }


def add_article(number: int, **fields: Any) -> Article:
    """Add an article to one of two years."""
    fields = {"dateline_on": dt.date(2021 - number % 2, 12, 1 + number // 2 % 30), **fields}
    return news.article(f"Round {number}", external_id=f"round-{number}", tags=["mail"], **fields)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Only SQLite counts its steps.")
def test_steps_of_the_database_do_not_grow_with_the_archive(
    urls: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # As in an archive in which thousands have the tag, the person and the organization.
    monkeypatch.setattr(listings, "MAX_SORTED", ARTICLES // 2)
    monkeypatch.setattr(article_page, "MAX_SEARCHED_FOR_RELATED", ARTICLES // 2)
    for name in ("_tags", "_newest_with_a_tag", "_related"):
        monkeypatch.setattr(getattr(article_page, name), "_compiled", None)

    assert grown(Client(), urls) == {}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Only SQLite counts its steps.")
def test_lists_of_staff_only_count_the_archive(urls: dict[str, str], admin_client: Client) -> None:
    pages = STAFF_PAGES | {"article": f"/admin/news/article/{Article.objects.latest('pk').pk}/change/"}

    assert grown(admin_client, pages, steps_of_each=STEPS_TO_COUNT) == {}


def grown(client: Client, urls: dict[str, str], *, steps_of_each: float = 0) -> dict[str, tuple[int, int]]:
    """Return the steps of each page before and after the archive grows, if they grow by more than `steps_of_each` for
    each article."""
    before = steps_of(client, urls)
    allowed = steps_of_each * (copy_articles(TIMES) - ARTICLES - EMBARGOED) + STEPS_TO_PASS * EMBARGOED * (TIMES - 1)
    after = steps_of(client, urls)
    return {name: (before[name], n) for name, n in after.items() if n > 1.25 * before[name] + 10 + allowed}


def steps_of(client: Client, urls: dict[str, str]) -> dict[str, int]:
    """Return the steps of each page. It was opened before, so that its queries are compiled."""
    found = {}
    for name, url in urls.items():
        assert client.get(url).status_code == (404 if name == "not found" else 200)
        with counted_steps() as steps:
            client.get(url)
        found[name] = steps[0]
    return found


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's steps are counted instead.")
def test_no_page_reads_a_growing_table_as_a_whole(urls: dict[str, str]) -> None:
    client, found = Client(), {}
    for name, url in urls.items():
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        plans = [plan_of(query["sql"]) for query in captured if query["sql"].startswith("SELECT")]
        found |= {(name, table): plan for plan in plans for table in GROWING if f"Seq Scan on {table} " in plan}

    assert found == {}
