import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from postportal.publishing.models import State
from postportal.richtext.references import fill_references, fill_texts, reference_to, scheme_of
from postportal.richtext.sanitize import clean_html
from tests.factories import news, pages, services

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 3, 20, 12, tzinfo=dt.UTC)
LATER = dt.datetime(2999, 1, 1, tzinfo=dt.UTC)
MAKERS: list[Callable[..., Any]] = [news.article, news.person, news.organization, pages.page, services.stamp_issue]


def link_to(row: Any, words: str = "More") -> str:
    return f'<p><a href="{reference_to(row.pk, scheme=scheme_of(type(row)))}">{words}</a></p>'


@pytest.mark.parametrize("make", MAKERS)
def test_link_leads_to_the_current_url_and_keeps_its_words(make: Callable[..., Any]) -> None:
    row = make()
    html = link_to(row, "<em>More</em>")
    name = "path" if hasattr(row, "path") else "slug"
    setattr(row, name, "renamed")
    row.save()

    assert clean_html(html) == html
    assert fill_references(html, at=AT) == f'<p><a href="{row.get_absolute_url()}"><em>More</em></a></p>'
    assert "renamed" in row.get_absolute_url()


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("hidden", [{"publish_at": LATER}, {"expire_at": AT}])
def test_link_to_what_is_not_public_is_its_words(make: Callable[..., Any], hidden: dict[str, Any]) -> None:
    row = make(**hidden)

    assert fill_references(link_to(row), at=AT) == "<p>More</p>"


def test_page_says_nothing_of_an_item_under_embargo(client: Client) -> None:
    secret = news.article("Merger of two posts", slug="merger", publish_at=LATER)
    draft = news.article("Other draft", slug="other-draft", state=State.DRAFT)
    body = link_to(secret, "soon") + link_to(draft, "later")

    html = client.get(news.article(body=body).get_absolute_url()).text

    assert [word in html for word in ("<p>soon</p>", "<p>later</p>", 'href="article:')] == [True, True, False]
    assert [word in html for word in ("Merger", "merger", "Other draft", "other-draft")] == [False] * 4


def test_withdrawn_item_has_a_page_to_lead_to() -> None:
    row = news.article(state=State.WITHDRAWN, withdrawal_reason="Wrong figures.")

    assert f'href="{row.get_absolute_url()}"' in fill_references(link_to(row), at=AT)


@pytest.mark.parametrize("count", [1, 30])
def test_many_links_and_texts_take_a_query_for_each_model(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [make() for _ in range(count) for make in (news.article, news.person)]
    texts = [link_to(row) for row in rows]

    with django_assert_num_queries(2):
        assert "".join(fill_texts(texts, at=AT)).count('href="/') == len(rows)


def test_plain_text_has_the_words_and_the_person_is_linked_once(client: Client) -> None:
    person = news.person("Tsering", given_name="Dolma")
    article = news.article(body=f"{link_to(person, str(person))}<p>{person} spoke.</p>")
    news.mention(person, article=article)

    html = client.get(article.get_absolute_url()).text

    assert article.body_text == f"{person}\n{person} spoke."
    assert f"<p>{person} spoke.</p>" in html
