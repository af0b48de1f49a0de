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


def test_sections_are_listed_in_the_languages_that_have_articles(client: Client) -> None:
    fleet = news.section("Fleet")
    news.article(section=news.section("Culture"), state=State.DRAFT)
    assert paths(client, "sections") == []

    news.article(section=fleet)
    assert paths(client, "sections") == ["/news/section/fleet/"]

    news.article(section=fleet, language="zh-hans")
    assert sorted(paths(client, "sections")) == ["/news/section/fleet/", "/zh-hans/news/section/fleet/"]


def test_only_rows_that_know_the_time_of_their_last_change_have_it(client: Client) -> None:
    person, organization = news.person(), news.organization()
    news.appointment(person=person, position=news.position(organization=organization))
    news.mention(person, article=news.article())
    names = ("articles", "people", "organizations", "sections")

    texts = {name: client.get(f"/sitemap-{name}.xml").text for name in names}
    index = client.get("/sitemap.xml").text

    assert [name for name in names if "<loc>" in texts[name]] == list(names)
    assert [name for name in names if "<lastmod>" in texts[name]] == ["articles"]
    assert index.count("<lastmod>") == 1
