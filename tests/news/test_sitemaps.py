"""What search engines are told of."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from postportal.publishing.models import State
from tests.factories import news

pytestmark = pytest.mark.django_db

SOON = timezone.now() + dt.timedelta(hours=1)


def addresses(client: Client, section: str) -> list[str]:
    return re.findall(r"<loc>http://testserver(.*?)</loc>", client.get(f"/sitemap-{section}.xml").text)


def test_articles_stand_once_under_their_language_and_name_their_translation(client: Client) -> None:
    english = news.article("Night mail")
    news.article("夜行邮车", slug="train", language="zh-hans", translation_of=english)
    news.article("Draft", state=State.DRAFT)
    news.article("Embargoed", publish_at=SOON)
    found = client.get("/sitemap-articles.xml").text

    expected = ["/news/2021/12/08/night-mail/", "/zh-hans/news/2021/12/08/train/"]
    assert sorted(addresses(client, "articles")) == expected
    assert found.count('hreflang="zh-Hans"') == 2
    assert "<lastmod>2020-01-01</lastmod>" in found


@pytest.mark.parametrize(("section", "folder"), [("people", "people"), ("organizations", "organizations")])
def test_register_stands_in_every_language_without_what_is_hidden(client: Client, section: str, folder: str) -> None:
    for fields in ({}, {"publish_at": SOON, "slug": "hidden"}):
        news.person("Zhou", "Mei", **fields)
        news.organization("Zhou Mei", **fields)

    assert sorted(addresses(client, section)) == [f"/{folder}/zhou-mei/", f"/zh-hans/{folder}/zhou-mei/"]


def test_sections_stand_in_every_language(client: Client) -> None:
    news.section("Fleet")

    assert sorted(addresses(client, "sections")) == ["/news/section/fleet/", "/zh-hans/news/section/fleet/"]
