"""Sitemaps of public items."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from news.models import Article
from postportal.publishing.models import State
from postportal.publishing.sitemaps import PublicSitemap, TranslatedSitemap
from tests.factories import news

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def sitemap(kind: type[PublicSitemap] = PublicSitemap) -> Any:
    result = kind()
    result.queryset = Article.objects.all()
    return result


def test_only_public_rows_are_listed_in_a_fixed_order() -> None:
    first, second = news.article(), news.article()
    news.article(state=State.DRAFT)
    news.article(state=State.WITHDRAWN, withdrawal_reason="Wrong.")

    assert list(sitemap().items()) == [first, second]


def test_last_change_is_the_publication_or_the_last_update() -> None:
    plain = news.article(publish_at=news.LONG_AGO)
    updated = news.article(publish_at=news.LONG_AGO, changed_at=news.LONG_AGO + DAY)

    assert [sitemap().lastmod(row) for row in (plain, updated)] == [news.LONG_AGO, news.LONG_AGO + DAY]
    assert sitemap().get_latest_lastmod() == news.LONG_AGO + DAY


def test_empty_sitemap_has_no_last_change() -> None:
    assert sitemap().get_latest_lastmod() is None


def test_public_translations_name_each_other() -> None:
    original = news.article("Night mail", slug="mail")
    news.article("夜行邮车", slug="mail", language="zh-hans", translation_of=original)
    alone = news.article("Alone", slug="alone")
    news.article("只有草稿", slug="alone", language="zh-hans", translation_of=alone, state=State.DRAFT)

    urls = sitemap(TranslatedSitemap).get_urls(site=SimpleNamespace(domain="post.example"), protocol="https")

    alternates = [[found["lang_code"] for found in url["alternates"]] for url in urls]
    assert alternates == [["en", "zh-Hans"], ["en", "zh-Hans"], []]
