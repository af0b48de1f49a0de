import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from postportal.pages import html_sitemap
from postportal.pages.html_sitemap import link_groups, page_links, register_links
from tests.factories import pages

NOW = timezone.now()


@pytest.fixture
def _no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_sitemap, "_sources", [])


@pytest.mark.usefixtures("_no_links")
def test_groups_are_in_order_and_empty_ones_left_out() -> None:
    received = []

    def links(*urls: str) -> Any:
        def get(at: dt.datetime) -> list[tuple[str, str]]:
            received.append(at)
            return [(url.strip("/").title(), url) for url in urls]

        return get

    register_links("Second", order=20)(links("/b/", "/c/"))
    register_links("Empty", order=15)(links())
    register_links("First", order=10)(links("/a/"))

    assert link_groups(NOW) == [("First", [("A", "/a/")]), ("Second", [("B", "/b/"), ("C", "/c/")])]
    assert received == [NOW] * 3


@pytest.mark.django_db
def test_only_public_pages_of_the_language_are_linked() -> None:
    pages.page("Terms", path="terms")
    pages.page("About", path="about")
    pages.page("关于", path="about", language="zh-hans")
    pages.page("Later", publish_at=NOW + dt.timedelta(days=1))

    assert page_links(NOW) == [("About", "/about/"), ("Terms", "/terms/")]
