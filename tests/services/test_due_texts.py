"""Plain texts that refer to a hotline, at the midnight at which its number changes."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from news.models import Article
from postportal.outbox.delivery import deliver_all
from postportal.publishing.workflow.due import publish_due
from services.due_texts import next_change
from services.models import Hotline
from tests.factories import news, services

pytestmark = pytest.mark.django_db
BEFORE = dt.datetime(2026, 11, 28, 4, tzinfo=dt.UTC)
# The first second of 1 March in Beijing.
MIDNIGHT = dt.datetime(2027, 2, 28, 16, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


def hotline_that_changes() -> Hotline:
    hotline = services.hotline()
    services.short_code_number(hotline, valid_until=dt.date(2027, 2, 28))
    services.short_code_number(hotline, short_code="11200", valid_from=dt.date(2027, 3, 1))
    return hotline


def article_about(hotline: Hotline) -> Article:
    return news.article(body=f'<p>Call <a href="hotline:{hotline.pk}">11100</a>.</p>')


def stored_text(article: Article) -> str:
    return Article.objects.get(pk=article.pk).body_text


def test_plain_text_and_search_follow_at_midnight_and_only_once(client: Client) -> None:
    with time_machine.travel(BEFORE, tick=False):
        hotline = hotline_that_changes()
        article = article_about(hotline)
        deliver_all()
    with time_machine.travel(MIDNIGHT - SECOND, tick=False):
        client.get("/")
        deliver_all()
        assert stored_text(article) == "Call 11185."
    version = article.updated_at
    with time_machine.travel(MIDNIGHT, tick=False):
        client.get("/")
        deliver_all()
        found = client.get("/search/?q=11200").content.decode()

    assert stored_text(article) == "Call 11200."
    assert article.get_absolute_url() in found
    article.refresh_from_db()
    assert article.updated_at == version
    assert Hotline.objects.get(pk=hotline.pk).texts_change_at is None


def test_next_moment_is_noted_whatever_comes_first() -> None:
    expire_at = MIDNIGHT - dt.timedelta(days=3)
    with time_machine.travel(BEFORE, tick=False):
        hotline = hotline_that_changes()
        Hotline.objects.filter(pk=hotline.pk).update(expire_at=expire_at)
        hotline.refresh_from_db()
        hotline.numbers.first().save()
        deliver_all()

    hotline.refresh_from_db()
    assert hotline.texts_change_at == expire_at
    publish_due(expire_at)
    hotline.refresh_from_db()
    assert hotline.texts_change_at == MIDNIGHT == next_change(hotline, after=expire_at)
    assert next_change(hotline, after=MIDNIGHT) is None


def test_nothing_is_due_where_no_date_is_ahead() -> None:
    hotline = services.hotline()
    services.short_code_number(hotline)

    deliver_all()

    hotline.refresh_from_db()
    assert hotline.texts_change_at is None
