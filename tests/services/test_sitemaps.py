import datetime as dt
from typing import Any

import pytest
from django.contrib.sitemaps import Sitemap
from django.contrib.sites.requests import RequestSite
from django.test import RequestFactory
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from postportal.publishing.models import State
from services.sitemaps import SITEMAPS, StampIssueSitemap, StampSitemap, StampYearSitemap
from tests.factories import news, services

pytestmark = pytest.mark.django_db

LATER = timezone.now() + dt.timedelta(days=30)
MAY = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)


def urls(sitemap: Sitemap, *, page: int = 1) -> list[dict[str, Any]]:
    return sitemap.get_urls(page=page, site=RequestSite(RequestFactory().get("/")), protocol="https")


def paths(sitemap: Sitemap) -> list[str]:
    return [url["location"].removeprefix("https://testserver") for url in urls(sitemap)]


def test_issues_stamps_and_years_are_listed_in_every_language() -> None:
    issue = services.stamp_issue(year=2026, number=7)
    services.stamp(issue)

    assert sorted(paths(StampIssueSitemap())) == ["/stamps/2026-7/", "/zh-hans/stamps/2026-7/"]
    assert sorted(paths(StampSitemap())) == ["/stamps/2026-7/1/", "/zh-hans/stamps/2026-7/1/"]
    assert sorted(paths(StampYearSitemap())) == ["/stamps/2026/", "/zh-hans/stamps/2026/"]


def test_every_url_lists_its_translations() -> None:
    services.stamp_issue(year=2026, number=7)

    assert [{row["lang_code"]: row["location"] for row in url["alternates"]} for url in urls(StampIssueSitemap())] == [
        {
            "en": "https://testserver/stamps/2026-7/",
            "zh-hans": "https://testserver/zh-hans/stamps/2026-7/",
            "x-default": "https://testserver/stamps/2026-7/",
        }
    ] * 2


def test_makers_themes_and_techniques_of_public_issues_are_listed_once() -> None:
    for _number in range(2):
        issue = services.stamp_issue(process="Offset & gravure", tags=["Rivers"])
        for role in ("designer", "printer"):
            services.credit(issue, name="Ma Ji", role=role)
    news.article(tags=["Mail"])

    found = paths(SITEMAPS["stamp-lists"]())

    assert [path for path in found if not path.startswith("/zh-hans/")] == [
        "/stamps/makers/?name=Ma+Ji",
        "/stamps/techniques/?name=Offset+%26+gravure",
        "/stamps/themes/?theme=rivers",
    ]
    assert len(found) == 6


def test_unknown_year_is_listed() -> None:
    services.stamp_issue(issued_on=None)

    assert "/stamps/year-not-known/" in paths(StampYearSitemap())


@pytest.mark.parametrize("name", sorted(SITEMAPS))
@pytest.mark.parametrize(
    "hidden",
    [
        {"state": State.DRAFT},
        {"state": State.UNPUBLISHED, "withdrawal_reason": "Recalled"},
        {"publish_at": LATER},
        {"expire_at": timezone.now()},
    ],
)
def test_hidden_issue_is_in_no_sitemap(name: str, hidden: dict[str, Any]) -> None:
    issue = services.stamp_issue(**hidden, process="Offset", tags=["Rivers"])
    services.stamp(issue)
    services.credit(issue, name="Ma Ji")

    assert paths(SITEMAPS[name]()) == []


@pytest.mark.parametrize("name", ["stamp-issues", "stamps"])
def test_lastmod_is_the_last_public_change(name: str) -> None:
    june = MAY + dt.timedelta(days=31)
    services.stamp(services.stamp_issue(year=2026, number=1, publish_at=MAY))
    services.stamp(services.stamp_issue(year=2026, number=2, publish_at=MAY, changed_at=june))

    sitemap = SITEMAPS[name]()
    assert {url["lastmod"] for url in urls(sitemap)} == {MAY, june}
    assert sitemap.get_latest_lastmod() in (MAY, june)


@pytest.mark.parametrize("name", sorted(SITEMAPS))
@pytest.mark.parametrize("issues", [1, 50])
def test_sitemap_query_count_is_the_same_for_one_issue_and_fifty(
    name: str, issues: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(issues):
        issue = services.stamp_issue(process="Offset", tags=["Rivers"])
        services.stamp(issue)
        services.credit(issue, name="Ma Ji")

    with django_assert_num_queries(1 if name == "stamp-years" else 2):
        urls(SITEMAPS[name]())


def test_files_of_a_long_sitemap_list_every_url_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(StampIssueSitemap, "limit", 3)
    expected = {issue.get_absolute_url() for issue in (services.stamp_issue() for _ in range(5))}
    expected |= {f"/zh-hans{path}" for path in expected}

    sitemap = StampIssueSitemap()
    pages = [urls(sitemap, page=n) for n in sitemap.paginator.page_range]
    found = [url["location"].removeprefix("https://testserver") for page in pages for url in page]
    assert [len(page) for page in pages] == [3, 3, 3, 1]
    assert sorted(found) == sorted(expected)
