"""Article page: visibility, contents, links, query count."""

import datetime as dt
import json
import re
from collections.abc import Callable

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from news.models import Article, Mention
from postportal.publishing.models import State
from tests.factories import images, news

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 20, 9, tzinfo=dt.UTC)
SOON = NOW + dt.timedelta(hours=1)
DAY = dt.date(2021, 12, 8)
NIGHT_MAIL = "/news/2021/12/08/night-mail/"


def json_ld_by_type(html: str) -> dict[str, dict[str, object]]:
    """Return the JSON-LD objects of the page by type."""
    found = [json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)]
    return {str(row["@type"]): row for row in found}


def full_article() -> Article:
    """Make an article with a value in every field."""
    picture = images.image("A train on a viaduct", caption="In February.", credit="Picture: Wen Hao")
    return news.article(
        "Night mail",
        standfirst="Letters go by rail.",
        body="<p>The train left on time.</p>",
        source=news.source("Rail Mail"),
        section=news.section("Network"),
        location="Lanshan",
        credit="Rail Mail",
        lead_image=picture,
        publish_at=NOW - dt.timedelta(days=2),
        changed_at=NOW,
        change_note="Added the timetable.",
        correction="It arrived at 5:55.",
        correction_on=DAY,
        tags=["Rail"],
    )


def test_article_shows_all_fields(client: Client) -> None:
    picture = full_article().lead_image
    assert picture
    html = client.get(NIGHT_MAIL).text

    for text in (
        "<title>Night mail - PostPortal</title>",
        '<meta name="description" content="Letters go by rail. The train left on time. Night mail">',
        '<p class="kicker"><a href="/news/section/network/">Network</a></p>',
        '<h1 id="page-heading" dir="auto">Night mail</h1>',
        '<dd>Lanshan, <time datetime="2021-12-08">8 December 2021</time></dd>',
        '<a href="#history">See all updates</a>',
        '<a href="/news/source/rail-mail/">Rail Mail</a>',
        "<dd>1 minute</dd>",
        'alt="A train on a viaduct"',
        '<figcaption>In February. <span class="credit">Picture: Wen Hao</span></figcaption>',
        "<p>The train left on time.</p>",
        '<p class="meta">(Rail Mail)</p>',
        "</time>.</strong> It arrived at 5:55.</p>",
        "<span>Added the timetable.</span>",
        "<span>First published.</span>",
        '<a href="/news/tag/rail/">Rail</a>',
        "mailto:?subject=Night%20mail&amp;body=http%3A%2F%2Ftestserver%2Fnews%2F2021%2F12%2F08%2Fnight-mail%2F",
        f'<a href="{picture.file.url}" download>',
        f'<meta property="og:image" content="http://testserver{picture.open_graph_source.url}">',
    ):
        assert text in html


def test_article_with_only_a_title_has_no_empty_parts(client: Client) -> None:
    news.article("Night mail")
    html = client.get(NIGHT_MAIL).text

    for part in ("<figure", "lead-p", "figcaption", "inset", "details", "In this story", "Topics", "Related", "hops"):
        assert part not in html


@pytest.mark.parametrize(
    "fields",
    [
        {"state": State.DRAFT},
        {"publish_at": SOON},
        {"state": State.DRAFT, "publish_at": NOW - dt.timedelta(days=9)},
        {"state": State.UNPUBLISHED, "publish_at": None, "withdrawal_reason": "Wrong."},
        {"state": State.UNPUBLISHED, "publish_at": SOON, "withdrawal_reason": "Wrong."},
    ],
)
def test_article_that_was_never_public_is_not_found(client: Client, fields: dict[str, object]) -> None:
    news.article("Night mail", **fields)

    page = client.get(NIGHT_MAIL)
    assert (page.status_code, "Night mail" in page.text) == (404, False)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"state": State.UNPUBLISHED, "withdrawal_reason": "The figures were wrong."}, "The figures were wrong."),
        ({"expire_at": NOW}, "It was published for a limited time."),
    ],
)
def test_article_that_was_public_is_gone_with_a_reason(client: Client, fields: dict[str, object], words: str) -> None:
    news.article("Night mail", body="<p>The secret text.</p>", **fields)

    page = client.get(NIGHT_MAIL)
    assert (page.status_code, words in page.text, "Night mail" in page.text) == (410, True, True)
    assert "The secret text." not in page.text


def test_article_is_published_and_expires_to_the_second(client: Client, clock: time_machine.Traveller) -> None:
    news.article("Night mail", publish_at=SOON, expire_at=SOON + dt.timedelta(hours=1))
    second = dt.timedelta(seconds=1)

    statuses = []
    for moment in (SOON - second, SOON, SOON + dt.timedelta(hours=1) - second, SOON + dt.timedelta(hours=1)):
        clock.move_to(moment)
        statuses.append(client.get(NIGHT_MAIL).status_code)
    assert statuses == [404, 200, 200, 410]


@pytest.mark.parametrize(
    "url",
    [
        "/news/2021/12/09/night-mail/",
        "/news/2021/12/08/other-mail/",
        "/news/2021/02/30/night-mail/",
        "/news/0000/12/08/night-mail/",
        "/zh-hans/news/2021/12/08/night-mail/",
    ],
)
def test_article_has_one_url(client: Client, url: str) -> None:
    news.article("Night mail")

    assert client.get(url).status_code == 404


def test_chinese_article_is_served_in_chinese_under_its_prefix(client: Client) -> None:
    article = news.article("夜行邮车恢复开行", language="zh-hans", body="<p>列车准点。</p>")
    page = client.get(article.get_absolute_url())

    assert (page.status_code, page.headers["Content-Language"]) == (200, "zh-Hans")
    assert '<html lang="zh-Hans">' in page.text
    assert '<time datetime="2021-12-08">2021年12月8日</time>' in page.text
    assert client.get(article.get_absolute_url().removeprefix("/zh-hans")).status_code == 404


def test_translations_are_linked_once_they_are_public(client: Client, clock: time_machine.Traveller) -> None:
    english = news.article("Night mail")
    news.article("夜行邮车", language="zh-hans", slug="train", translation_of=english, publish_at=SOON)
    before = client.get(NIGHT_MAIL)

    clock.move_to(SOON)
    after = client.get(NIGHT_MAIL)

    assert (before.context["alternates"], "/zh-hans/news/2021" in before.text) == ([], False)
    assert after.context["alternates"] == [("zh-Hans", "中文", "/zh-hans/news/2021/12/08/train/")]
    assert 'hreflang="zh-Hans" href="http://testserver/zh-hans/news/2021/12/08/train/"' in after.text


def test_article_shows_positions_of_its_date_and_no_hidden_people(client: Client) -> None:
    article = news.article("Night mail")
    person, bureau = news.person("Zhou", "Mei"), news.organization("Post Bureau", kind="regulator")
    for label, start, end in (("Deputy", 2016, 2020), ("Director", 2021, 2021), ("Adviser", 2022, 2030)):
        position = news.position(label, organization=bureau)
        news.appointment(person=person, position=position, from_on=dt.date(start, 1, 1), until_on=dt.date(end, 12, 31))
    news.appointment(person=person, position=news.position("Secret Position"), publish_at=SOON)
    for subject in (person, bureau, news.person("Hidden", "One", publish_at=SOON)):
        news.mention(subject, article=article)
    html = client.get(NIGHT_MAIL).text

    assert '<a href="/people/zhou-mei/">Zhou Mei</a><p>Director, Post Bureau</p>' in html
    assert '<a href="/organizations/post-bureau/">Post Bureau</a><p>Regulator or ministry</p>' in html
    assert ("Secret Position" in html, "Hidden" in html) == (False, False)


def test_neighbours_and_related_news_are_public_and_in_the_same_language(client: Client) -> None:
    for number, day in enumerate((-9, -2, -1, 1, 2)):
        news.article(f"Day {day}", dateline_on=DAY + dt.timedelta(days=day), section=news.section(f"S{number}"))
    news.article("Night mail", tags=["Rail"])
    news.article("Tagged", dateline_on=DAY - dt.timedelta(days=30), section=news.section("Other"), tags=["rail"])
    for hidden in ({"state": State.DRAFT}, {"publish_at": SOON}, {"expire_at": NOW}, {"language": "zh-hans"}):
        news.article(f"Hidden {hidden}", tags=["Rail"], **hidden)
    context = client.get(NIGHT_MAIL).context

    assert {name: row.title for name, row in context["neighbours"].items()} == {"earlier": "Day -1", "later": "Day 1"}
    assert [row.title for row in context["related"]] == ["Tagged"]


def test_related_news_is_sorted_by_shared_tag_then_section(client: Client) -> None:
    for title, days, tags in (
        ("Old, two tags", 40, ["a", "b"]),
        ("Old, tag", 50, ["b"]),
        ("Section", 1, []),
        ("More", 2, []),
    ):
        section = news.section("Fleet") if not tags else news.section("Other")
        news.article(title, dateline_on=DAY - dt.timedelta(days=days), section=section, tags=tags)
    news.article("Night mail", section=news.section("Fleet"), tags=["a", "b"])

    related = client.get(NIGHT_MAIL).context["related"]
    assert [row.title for row in related] == ["Old, two tags", "Old, tag", "Section"]


def test_json_ld_describes_the_article_and_its_breadcrumbs(client: Client) -> None:
    article = news.article("Night mail", standfirst="By rail.", source=news.source("Rail Mail"), tags=["Rail"])
    news.mention(news.person("Zhou", "Mei"), article=article)
    found = json_ld_by_type(client.get(NIGHT_MAIL).text)

    story = found["NewsArticle"]
    assert (story["headline"], story["inLanguage"], story["keywords"]) == ("Night mail", "en", ["Rail"])
    assert story["datePublished"] == "2020-01-01T08:00:00+08:00"
    assert story["mentions"] == [{"@type": "Person", "name": "Zhou Mei", "url": "http://testserver/people/zhou-mei/"}]
    breadcrumbs = found["BreadcrumbList"]["itemListElement"]
    assert [step["name"] for step in breadcrumbs] == ["Home", "News", "Night mail"]


def test_query_count_does_not_depend_on_tags_and_mentions(client: Client, queries: Callable[[str], int]) -> None:
    article = news.article("Night mail", tags=["t0"])
    news.mention(news.person(), article=article)
    Mention.objects.freeze_shown()
    alone = queries(NIGHT_MAIL)
    for _ in range(3):
        news.article(tags=["t0"])
    one = queries(NIGHT_MAIL)
    for number in range(50):
        news.article(tags=[f"t{number}"])
        article.tags.add(f"t{number}")
        person = news.person()
        news.appointment(person=person)
        news.mention(person, article=article)

    Mention.objects.freeze_shown()

    assert (alone, one, queries(NIGHT_MAIL)) == (9, 9, 9)


def test_page_with_the_edit_link_of_staff_is_private(client: Client, admin_client: Client) -> None:
    article = news.article("Night mail")
    link = f'href="/admin/news/article/{article.pk}/change/"'
    User.objects.create_user("viewer", is_staff=True)
    viewer = Client()
    viewer.force_login(User.objects.get(username="viewer"))

    staff, reader = admin_client.get(NIGHT_MAIL), client.get(NIGHT_MAIL)

    assert (link in staff.text, link in reader.text, link in viewer.get(NIGHT_MAIL).text) == (True, False, False)
    assert "private" in staff.headers["Cache-Control"]
    assert (reader.cookies, reader.headers.get("Vary")) == ({}, None)


def test_head_is_like_get_and_other_methods_are_refused(client: Client) -> None:
    news.article("Night mail")
    get, head = client.get(NIGHT_MAIL), client.head(NIGHT_MAIL)

    assert (head.status_code, head.content, {**head.headers}) == (200, b"", {**get.headers})
    assert [client.post(NIGHT_MAIL).status_code, client.put(NIGHT_MAIL).status_code] == [405, 405]


def test_very_long_title_and_right_to_left_text_are_shown_whole(client: Client) -> None:
    title = "Counterfeit-Philatelic-Products-Countermeasures " * 6 + "البريد"
    article = news.article(title, body='<p lang="ar" dir="rtl">البريد يعود</p>')
    html = client.get(article.get_absolute_url()).text

    assert f'<h1 id="page-heading" dir="auto">{title}</h1>' in html
    assert '<p lang="ar" dir="rtl">البريد يعود</p>' in html
    assert Article.objects.get().slug in article.get_absolute_url()
