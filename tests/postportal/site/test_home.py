import datetime as dt
import json
import re

import pytest
import time_machine
from django.test import Client

from news.models import Mention
from tests.caches import SHARED
from tests.factories import images, news, pages, services

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 20, 4, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(seconds=1)
TODAY = dt.date(2026, 3, 20)


def titles(html: str, *, tag: str) -> list[str]:
    """Return the texts of the links inside the headings of one level."""
    return re.findall(rf"<{tag}[^>]*><a [^>]*>([^<]*)", html)


def read(client: Client, path: str = "/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_empty_portal_has_a_home_page(client: Client) -> None:
    html = read(client)

    assert "Nothing has been published yet." in html
    assert titles(html, tag="h2") == []


def test_newest_lead_story_is_first_and_the_newest_stories_follow(client: Client) -> None:
    days = [dt.date(2026, 3, day) for day in range(1, 11)]
    for day in days:
        news.article(f"Story {day.day}", dateline_on=day, is_featured=day.day in (3, 5))

    html = read(client)

    assert titles(html, tag="h2") == ["Story 5"]
    assert titles(html, tag="h3") == ["Story 10", "Story 9", "Story 8", "Story 7", "Story 6"]
    assert [title for title in ("Story 4", "Story 3") if f">{title}</a></li>" in html] == ["Story 4", "Story 3"]


def test_single_story_is_the_lead_only(client: Client) -> None:
    news.article("Only story")

    html = read(client)

    assert titles(html, tag="h2") == ["Only story"]
    assert "Latest news" not in html


def test_home_shows_a_story_in_its_second(client: Client) -> None:
    news.article("Embargoed story", publish_at=LATER, is_featured=True)

    with time_machine.travel(NOW, tick=False):
        assert "Embargoed story" not in read(client)
    with time_machine.travel(LATER, tick=False):
        assert titles(read(client), tag="h2") == ["Embargoed story"]


def test_stamps_are_the_newest_issue_and_the_upcoming_ones(client: Client) -> None:
    out = services.stamp_issue("Mail Roads", issued_on=TODAY)
    services.stamp(out, image=images.image())
    services.stamp_issue("Old Bridges", issued_on=TODAY - dt.timedelta(days=9))
    services.stamp_issue("Wild Rhododendrons", issued_on=TODAY + dt.timedelta(days=9))
    services.stamp_issue("Cancelled", issued_on=TODAY, is_cancelled=True)
    services.stamp_issue("Secret", issued_on=TODAY, publish_at=LATER)

    with time_machine.travel(NOW, tick=False):
        html = read(client)

    shown = [
        title for title in ("Mail Roads", "Old Bridges", "Wild Rhododendrons", "Cancelled", "Secret") if title in html
    ]
    assert shown == ["Mail Roads", "Wild Rhododendrons"]
    assert "Issued today" in html


def test_in_the_news_lists_each_person_once_with_their_position(client: Client) -> None:
    person = news.person("Zhou", "Mei")
    news.appointment(person=person, position=news.position("Director", organization=news.organization("Rail Mail")))
    hidden = news.person("Hidden", "Person", publish_at=dt.datetime(2999, 1, 1, tzinfo=dt.UTC))
    for day in (1, 2):
        article = news.article(dateline_on=dt.date(2026, 3, day))
        news.mention(person, article=article)
        news.mention(hidden, article=article, order=1)

    html = read(client)

    assert html.count("Zhou Mei") == 1
    assert "Director, Rail Mail" in html
    assert "Hidden" not in html


def test_chinese_home_shows_chinese_stories_and_names(client: Client) -> None:
    pages.site_settings(name_zh="云海邮政", tagline_zh="新闻与服务")
    news.article("Night mail")
    news.article("夜行邮车", language="zh-hans", slug="night-mail")

    html = read(client, "/zh-hans/")

    assert titles(html, tag="h2") == ["夜行邮车"]
    assert '<html lang="zh-Hans">' in html
    assert "<h1>新闻与服务</h1>" in html
    assert "Night mail" not in html


def test_markup_typed_by_editors_is_inert(client: Client) -> None:
    evil = "<script>alert(1)</script>\"'"
    pages.site_settings(name=evil[:40], tagline=evil)
    pages.menu_item(evil)
    pages.notice(evil)
    news.article(evil, standfirst=evil, section=news.section(evil[:40], slug="evil"))
    services.hotline(evil, is_on_every_page=True)
    services.stamp_issue(evil, standfirst=evil)

    html = read(client)

    assert "<script>alert" not in html
    for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html):
        json.loads(block)


@pytest.mark.parametrize("rows", [1, 12])
def test_home_query_count_is_the_same_for_few_and_many_rows(
    client: Client, rows: int, django_assert_num_queries: object
) -> None:
    for number in range(rows):
        article = news.article(is_featured=True, lead_image=images.image())
        person = news.person()
        news.appointment(person=person)
        news.mention(person, article=article)
        hotline = services.hotline(is_on_every_page=True)
        services.short_code_number(hotline)
        services.opening_hours(hotline, days="0-4", times="09:00-17:00")
        pages.menu_item(f"Menu {number}")
        issue = services.stamp_issue(issued_on=TODAY)
        services.stamp(issue, image=images.image())
        services.stamp_issue(issued_on=dt.date(2999, 1, 1))
    Mention.objects.freeze_shown()

    with time_machine.travel(NOW, tick=False), django_assert_num_queries(10):  # type: ignore[operator]
        read(client)


def test_anonymous_home_sets_no_cookie_and_varies_on_nothing(client: Client) -> None:
    response = client.get("/")

    assert response.cookies == {}
    assert not response.has_header("Vary")
    assert response["Cache-Control"] == SHARED
