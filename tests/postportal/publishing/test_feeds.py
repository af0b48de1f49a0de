"""The version of a feed: it changes with everything that the feed shows, and with nothing else."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.test import Client
from django.utils.feedgenerator import SyndicationFeed
from pytest_django import DjangoAssertNumQueries
from taggit.models import Tag

from news.models import Article, Section, Source
from postportal.pages.models import SiteSettings
from postportal.publishing.models import State
from postportal.web import conditional
from services.models import StampIssue
from tests.factories import news, pages, services

pytestmark = pytest.mark.django_db

FEEDS = ["/feeds/news.atom", "/feeds/news.rss", "/feeds/stamps.atom", "/feeds/stamps/2026.rss", "/sitemap-articles.xml"]
ARTICLES, STAMPS = FEEDS[:2], FEEDS[2:4]
NOW = dt.datetime(2026, 3, 20, 9, tzinfo=dt.UTC)
CHANGES: dict[str, tuple[list[str], Callable[[], Any]]] = {
    "publication": (ARTICLES, lambda: news.article("Second")),
    "draft": ([], lambda: news.article("Second", state=State.DRAFT)),
    "other language": ([], lambda: news.article("第二", language="zh-hans")),
    "title": ([*ARTICLES], lambda: Article.objects.update(title="Day mail")),
    "text": (ARTICLES, lambda: Article.objects.update(standfirst="", body_text="By road.")),
    "URL": ([*ARTICLES, FEEDS[4]], lambda: Article.objects.update(slug="other")),
    "correction": ([*ARTICLES, FEEDS[4]], lambda: Article.objects.update(changed_at=NOW - dt.timedelta(minutes=1))),
    "withdrawal": ([*ARTICLES, FEEDS[4]], lambda: Article.objects.update(state=State.WITHDRAWN, withdrawal_reason="x")),
    "section": (ARTICLES, lambda: Section.objects.update(name="Vehicles")),
    "source": (ARTICLES, lambda: Source.objects.update(name="Road Mail")),
    "tag": ([*ARTICLES, *STAMPS], lambda: Tag.objects.update(name="Steam")),
    "site": ([*ARTICLES, *STAMPS], lambda: pages.site_settings(name="Road Post")),
    "stamp": (STAMPS, lambda: StampIssue.objects.update(title="Steam")),
    "stamp that the feed does not show": ([], lambda: services.stamp(StampIssue.objects.get(), position=2)),
}


@pytest.fixture(autouse=True)
def _portal() -> Any:
    with time_machine.travel(NOW, tick=False):
        pages.site_settings()
        row = news.article("Night mail", tags=["Rail"], source=news.source("Rail Mail"), standfirst="By rail.")
        issue = services.stamp_issue("Rail", tags=["Rail"], year=2026)
        services.stamp(issue)
        assert (row.is_visible(NOW), issue.is_visible(NOW)) == (True, True)
        yield


@pytest.mark.parametrize("name", CHANGES)
def test_version_changes_with_what_is_shown(client: Client, name: str) -> None:
    changed, change = CHANGES[name]
    before = {url: client.get(url) for url in FEEDS}

    change()

    SiteSettings.last_loaded = None
    for url in FEEDS:
        answer = client.get(url, headers={"If-None-Match": before[url]["ETag"]})
        again = client.get(url)
        assert (answer.status_code == 304) is (again.content == before[url].content), url
        if url in changed:
            assert answer.status_code == 200, url


def test_version_changes_with_the_release(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    tags = [client.get(url)["ETag"] for url in FEEDS]
    monkeypatch.setattr(conditional, "release", lambda: "next")

    assert [client.get(url)["ETag"] == tag for url, tag in zip(FEEDS, tags, strict=True)] == [False] * len(FEEDS)


@pytest.mark.parametrize("url", FEEDS)
def test_version_is_decided_before_rendering_and_without_texts(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: DjangoAssertNumQueries, url: str
) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise AssertionError("Rendered.")

    tag = client.get(url)["ETag"]
    monkeypatch.setattr(SyndicationFeed, "writeString", refuse)
    monkeypatch.setattr("postportal.site.sitemaps.render", refuse)

    with django_assert_max_num_queries(6) as queries:
        assert client.get(url, headers={"If-None-Match": tag}).status_code == 304
    for query in queries.captured_queries:
        assert not any(
            f'"{column}" AS' in query["sql"] or f'."{column}",' in query["sql"] for column in ("body", "text")
        )


@pytest.mark.parametrize("feed_format", ["atom", "rss"])
def test_feed_without_entries_stays_the_same(client: Client, feed_format: str) -> None:
    Article.objects.all().delete()

    def read(at: dt.datetime) -> tuple[bytes, str]:
        with time_machine.travel(at, tick=False):
            answer = client.get(f"/feeds/news.{feed_format}")
        ET.fromstring(answer.content)
        return answer.content, answer["ETag"]

    assert read(NOW) == read(NOW + dt.timedelta(hours=5))


def test_feed_without_results_stays_the_same(client: Client) -> None:
    def read(at: dt.datetime) -> bytes:
        with time_machine.travel(at, tick=False):
            return client.get("/search/atom/?q=nothing").content

    assert read(NOW) == read(NOW + dt.timedelta(hours=5))


@pytest.mark.parametrize("number", ["2", "0", "x"])
@pytest.mark.parametrize("url", [*FEEDS, "/search/atom/?q=rail", "/sitemap.xml"])
def test_feed_has_one_page(client: Client, url: str, number: str) -> None:
    assert client.get(f"{url}{'&' if '?' in url else '?'}page={number}").status_code == 404
