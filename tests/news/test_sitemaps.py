"""Sitemaps of articles, people, organizations and sections."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from postportal.publishing.models import State
from tests.factories import news

pytestmark = pytest.mark.django_db

SOON = timezone.now() + dt.timedelta(hours=1)


def paths(client: Client, section: str) -> list[str]:
    return re.findall(r"<loc>http://testserver(.*?)</loc>", client.get(f"/sitemap-{section}.xml").text)


def test_articles_are_listed_once_with_their_translations(client: Client) -> None:
    english = news.article("Night mail")
    news.article("夜行邮车", slug="train", language="zh-hans", translation_of=english)
    news.article("Draft", state=State.DRAFT)
    news.article("Embargoed", publish_at=SOON)
    text = client.get("/sitemap-articles.xml").text

    expected = ["/news/2021/12/08/night-mail/", "/zh-hans/news/2021/12/08/train/"]
    assert sorted(paths(client, "articles")) == expected
    assert text.count('hreflang="zh-Hans"') == 2
    assert "<lastmod>2020-01-01</lastmod>" in text


@pytest.mark.parametrize(("section", "folder"), [("people", "people"), ("organizations", "organizations")])
def test_public_people_and_organizations_are_listed_in_every_language(
    client: Client, section: str, folder: str
) -> None:
    for fields in ({}, {"publish_at": SOON, "slug": "hidden"}):
        news.person("Zhou", "Mei", **fields)
        news.organization("Zhou Mei", **fields)

    assert sorted(paths(client, section)) == [f"/{folder}/zhou-mei/", f"/zh-hans/{folder}/zhou-mei/"]


def test_sections_are_listed_in_every_language(client: Client) -> None:
    news.section("Fleet")

    assert sorted(paths(client, "sections")) == ["/news/section/fleet/", "/zh-hans/news/section/fleet/"]
