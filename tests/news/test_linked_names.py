import time

import pytest
from django.test import Client

from news.linked_names import link_people
from news.models import Article, Mention
from tests.factories import news

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return news.article("Night mail", body="<p>Ann Lee met Bo.</p>", slug="night-mail")


def linked(body: str, article: Article, *names: tuple[str, str], **fields: str) -> str:
    mentions = [news.mention(news.person(*name, name_order="given", **fields), article=article) for name in names]
    return link_people(body, mentions)


LEE = '<a href="/people/lee-ann/">Ann Lee</a>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>Ann Lee and Ann Lee</p>", f"<p>{LEE} and Ann Lee</p>"),
        ("<p>Ann Leeds, Joann Lee, Ann Lee.</p>", f"<p>Ann Leeds, Joann Lee, {LEE}.</p>"),
        ("<h2>Ann Lee</h2><p>Ann Lee</p>", f"<h2>Ann Lee</h2><p>{LEE}</p>"),
        ('<p><a href="/x/">Ann Lee</a>: Ann Lee</p>', f'<p><a href="/x/">Ann Lee</a>: {LEE}</p>'),
        ("<pre><code>Ann Lee</code></pre>", "<pre><code>Ann Lee</code></pre>"),
        ('<p><img src="x" alt="Ann Lee > Bo"> Ann Lee</p>', f'<p><img src="x" alt="Ann Lee > Bo"> {LEE}</p>'),
        (
            '<p><a href="/people/lee-ann/">She</a> is Ann Lee</p>',
            '<p><a href="/people/lee-ann/">She</a> is Ann Lee</p>',
        ),
        ("<p>Nobody &amp; nothing</p>", "<p>Nobody &amp; nothing</p>"),
        ("<p>今天Ann Lee说</p>", f"<p>今天{LEE}说</p>"),
        ("<p>Ann Lees&lt;Ann Lee&gt;</p>", f"<p>Ann Lees&lt;{LEE}&gt;</p>"),
    ],
)
def test_first_name_outside_links_and_headings_is_linked(article: Article, body: str, expected: str) -> None:
    assert linked(body, article, ("Lee", "Ann")) == expected


def test_longest_name_wins_and_chinese_needs_no_spaces(article: Article) -> None:
    body = "<p>昨天刘爱力在北京。Tsering Dolma, Tsering.</p>"
    people = [
        news.person("Liu", "Aili", name_zh="刘爱力", slug="liu"),
        news.person("Tsering", "", slug="t"),
        news.person("Dolma", "Tsering", name_order="given", slug="td"),
    ]

    assert link_people(body, [news.mention(person, article=article) for person in people]) == (
        '<p>昨天<a href="/people/liu/">刘爱力</a>在北京。'
        '<a href="/people/td/">Tsering Dolma</a>, <a href="/people/t/">Tsering</a>.</p>'
    )


def test_name_with_markup_stays_text(article: Article) -> None:
    person = news.person("<b>&", "", slug="b")

    assert link_people("<p>x &lt;b&gt;&amp; y</p>", [news.mention(person, article=article)]) == (
        '<p>x <a href="/people/b/">&lt;b&gt;&amp;</a> y</p>'
    )


def test_page_links_the_name_of_its_day_and_stores_nothing(client: Client, article: Article) -> None:
    news.mention(news.person("Lee", "Ann", name_order="given"), article=article)
    news.mention(news.organization("Bo"), article=article)

    assert f"<p>{LEE} met Bo.</p>" in client.get(article.get_absolute_url()).text
    article.refresh_from_db()
    assert article.body == "<p>Ann Lee met Bo.</p>"


def test_fifty_people_in_a_long_article_are_linked(article: Article) -> None:
    people = [
        news.person("Zhang", f"Wei{n}", name_zh=f"张伟{chr(0x4E00 + n)}", slug=f"zhang-{n}", publish_at=news.LONG_AGO)
        for n in range(50)
    ]
    mentions = [news.mention(person, article=article, label=f"Dr Zhang {n}") for n, person in enumerate(people)]
    texts = [text for row in mentions for text in (row.display_name, row.other_script_name, row.label)]
    body = f"<p>{' '.join(texts)}</p>" + "<p>Wang He said that the parcels of Zhang were late again.</p>" * 270

    linked_body = link_people(body, mentions)

    assert linked_body.count("<a ") == 50


def test_reading_time_of_a_long_hostile_text_grows_with_its_length(article: Article) -> None:
    body = "<p>" + "Ann " * 50_000 + "<" * 5 + "</p>" + '<i title="' * 2_000
    started = time.process_time()
    linked(body, article, ("Lee", "Ann"), ("Ann", "Ann"))

    # Takes well under a second; with backtracking it would take hours.
    assert time.process_time() - started < 60
    assert Mention.objects.count() == 2
