"""Escaping of stored text on the public pages of news."""

import re

import pytest
from django.test import Client

from news.models import OrganizationName, PersonName, Succession
from tests.factories import images, news

pytestmark = pytest.mark.django_db

ATTACK = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7 }}</title>"
PAGES = [
    "/news/",
    "/news/2021/",
    "/news/section/s/",
    "/news/source/s/",
    "/people/",
    "/people/p/",
    "/people/p/news/",
    "/organizations/",
    "/organizations/o/",
    "/organizations/o/news/",
    "/zh-hans/people/p/",
    "/zh-hans/organizations/o/",
]


@pytest.fixture
def article_url() -> str:
    """Make an article with the attack in every field and in everything linked to it, and return its URL."""
    picture = images.image(ATTACK, caption=ATTACK, credit=ATTACK)
    section = news.section(ATTACK[:80], slug="s", description=ATTACK)
    row = news.article(
        ATTACK,
        slug="a",
        standfirst=ATTACK,
        body=f"<p>{ATTACK}</p>",
        section=section,
        source=news.source(ATTACK, slug="s", website="https://example.org/"),
        credit=ATTACK,
        location=ATTACK[:80],
        correction=ATTACK,
        changed_at=news.LONG_AGO.replace(year=2021),
        change_note=ATTACK,
        lead_image=picture,
        tags=[ATTACK],
    )
    neighbour = news.article(ATTACK, slug="b", section=section, lead_image=picture)
    person = news.person(ATTACK[:80], ATTACK[:80], slug="p", name_zh=ATTACK[:40], biography=ATTACK, portrait=picture)
    PersonName.objects.create(person=person, name=ATTACK, language='x" onload="')
    post = news.organization(ATTACK, slug="o", name_zh=ATTACK, abbreviation="<b>", description=ATTACK, logo=picture)
    OrganizationName.objects.create(organization=post, name=ATTACK, language="<i>")
    other = news.organization(ATTACK, slug="other", parent=post)
    Succession.objects.create(predecessor=other, successor=post)
    news.appointment(person=person, position=news.position(ATTACK, organization=post), label=ATTACK[:90])
    for subject in (person, post):
        news.mention(subject, article=row, label=ATTACK)
        news.mention(subject, article=neighbour)
    return row.get_absolute_url()


def dangers(html: str) -> list[str]:
    """Return the parts of the attack that a browser would run or load."""
    return re.findall(r'<script>|<img src=x|"\sonload=|</title>(?=.*</title>)|<b>|<i>(?!\d</i>)', html, re.DOTALL)


def test_article_page_is_inert(client: Client, article_url: str) -> None:
    html = client.get(article_url).text

    assert "&lt;script&gt;alert(1)" in html
    assert dangers(re.sub(r"<time class=\"date-stamp\".*?</time>", "", html)) == []


@pytest.mark.parametrize("url", PAGES)
def test_lists_and_directory_are_inert(client: Client, article_url: str, url: str) -> None:
    page = client.get(url)

    assert page.status_code == 200
    if not url.startswith("/zh-hans/"):
        assert "script&gt;alert(1)" in page.text
    assert dangers(re.sub(r"<time class=\"date-stamp\".*?</time>", "", page.text)) == []
