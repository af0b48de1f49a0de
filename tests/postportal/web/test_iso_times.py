import datetime as dt
import re

import pytest
from django.test import Client

from postportal.web.iso_times import iso_time
from tests.factories import news, pages, services
from tests.test_conventions import lines_matching, own_files

UTC = dt.UTC
# 1899: Shanghai is 8 hours, 5 minutes and 43 seconds ahead of Greenwich.
BEFORE_STANDARD_TIME = dt.datetime(1899, 3, 14, 8, 30, tzinfo=UTC)
# What RFC 3339, HTML and schema.org allow after the minutes.
SECONDS_IN_OFFSET = re.compile(r"T\d\d:\d\d(?::\d\d)?(?:\.\d+)?[+-]\d\d:\d\d:\d\d")


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (dt.datetime(2026, 11, 23, 9, 30, 15, 999, tzinfo=UTC), "2026-11-23T17:30:15+08:00"),
        # Daylight saving time in China.
        (dt.datetime(1987, 7, 1, tzinfo=UTC), "1987-07-01T09:00:00+09:00"),
        (BEFORE_STANDARD_TIME, "1899-03-14T08:30:00+00:00"),
        (dt.datetime(1600, 1, 1, tzinfo=UTC), "1600-01-01T00:00:00+00:00"),
        (None, ""),
    ],
)
def test_times_are_local_unless_the_offset_has_seconds(moment: dt.datetime | None, written: str) -> None:
    assert iso_time(moment) == written


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url",
    [
        "/news/1899/03/14/old-news/",
        "/feeds/news.atom",
        "/feeds/news.rss",
        "/feeds/stamps.atom",
        "/stamps/old-issue/",
        "/old-page/",
        "/sitemap.xml",
        "/sitemap-articles.xml",
        "/api/search?type=article",
        "/search/csv/?q=year:1899",
    ],
)
def test_no_public_time_has_seconds_in_its_offset(client: Client, url: str) -> None:
    at = {"publish_at": BEFORE_STANDARD_TIME}
    updated = dt.datetime(1900, 2, 3, 4, 5, tzinfo=UTC)
    news.article("Old news", slug="old-news", dateline_on=BEFORE_STANDARD_TIME.date(), changed_at=updated, **at)
    services.stamp_issue("Old issue", slug="old-issue", changed_at=updated, **at)
    pages.page("Old page", path="old-page", changed_at=updated, **at)

    response = client.get(url)
    text = response.getvalue().decode()

    assert response.status_code == 200
    assert re.search("1899|1900", text)
    assert SECONDS_IN_OFFSET.findall(text) == []


def test_templates_write_times_with_the_same_function() -> None:
    assert lines_matching(r"date:['\"]c['\"]", own_files(".html", ".xml", ".txt")) == []
