import datetime as dt

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from postportal.outbox.delivery import deliver_all
from postportal.richtext.references import fill_references
from services.references import hotline_choices, update_plain_texts
from tests.factories import news, services

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 3, 20, 12, tzinfo=dt.UTC)
LATER = dt.datetime(2999, 1, 1, tzinfo=dt.UTC)


def text_about(*keys: int) -> str:
    return "".join(f'<p>Call <a href="hotline:{key}">11100</a>.</p>' for key in keys)


def test_reference_shows_the_number_of_the_day_from_midnight_on(client: Client) -> None:
    hotline = services.hotline()
    services.short_code_number(hotline, valid_until=dt.date(2027, 2, 28))
    services.short_code_number(hotline, short_code="11200", valid_from=dt.date(2027, 3, 1))
    article = news.article(body=text_about(hotline.pk))
    # Midnight in Beijing.
    midnight = dt.datetime(2027, 2, 28, 16, tzinfo=dt.UTC)
    seen = []
    for seconds in (-1, 0):
        with time_machine.travel(midnight + dt.timedelta(seconds=seconds), tick=False):
            html = client.get(article.get_absolute_url()).text
            links = [f'<a href="tel:{number}">{number}</a>' in html for number in (11185, 11200)]
            seen.append((*links, "hotline:" in html, "11100" in html))

    assert seen == [(True, False, False, False), (False, True, False, False)]


def test_hidden_and_deleted_hotlines_leave_the_words() -> None:
    hidden = services.hotline(publish_at=LATER)
    services.short_code_number(hidden)

    assert fill_references(text_about(hidden.pk, 999), at=AT) == "<p>Call 11100.</p><p>Call 11100.</p>"


def test_hotline_without_a_number_leads_to_the_list() -> None:
    retired = services.retired_hotline("Telegrams", slug="telegrams")

    html = fill_references(text_about(retired.pk), at=AT)

    assert html == '<p>Call <a href="/services/hotlines/#telegrams">11100</a>.</p>'


@pytest.mark.parametrize("count", [1, 50])
def test_references_take_the_same_queries_for_one_and_fifty(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    hotlines = [services.hotline() for _ in range(count)]
    for hotline in hotlines:
        services.short_code_number(hotline)
    html = text_about(*(hotline.pk for hotline in hotlines))

    with django_assert_num_queries(2):
        assert fill_references(html, at=AT).count("tel:11185") == count


def test_plain_text_and_search_follow_a_changed_number() -> None:
    hotline = services.hotline()
    number = services.short_code_number(hotline)
    article = news.article(body=text_about(hotline.pk))
    other = news.article(body=text_about(hotline.pk * 1000))
    assert (article.body_text, other.body_text) == ("Call 11185.", "Call 11100.")
    number.short_code = "11200"
    number.save()

    deliver_all()

    before = article.updated_at
    article.refresh_from_db()
    other.refresh_from_db()
    assert (article.body_text, other.body_text) == ("Call 11200.", "Call 11100.")
    assert article.updated_at == before


def test_texts_without_a_change_are_left_alone(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    hotline = services.hotline()
    services.short_code_number(hotline)
    news.article(body=text_about(hotline.pk))

    update_plain_texts("services.hotline", [hotline.pk])
    with django_assert_max_num_queries(20) as queries:
        update_plain_texts("services.hotline", [hotline.pk])

    assert not [query for query in queries.captured_queries if query["sql"].startswith("UPDATE")]


def test_only_public_hotlines_that_can_be_called_are_offered() -> None:
    shown = services.hotline("Letters")
    services.short_code_number(shown)
    services.planned_hotline()
    services.short_code_number(services.hotline(publish_at=LATER))

    assert [(choice.label, choice.words) for choice in hotline_choices(AT)] == [("Letters: 11185", "11185")]
