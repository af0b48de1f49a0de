import datetime as dt
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
import time_machine
from django.conf import settings as portal_settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from news.models import Article
from postportal.page_cache.page_cache import PageCache
from postportal.publishing.models import State
from postportal.publishing.models.preview_link import create_link
from postportal.publishing.versions.revisions import open_edition
from tests.factories.news import article
from tests.factories.pages import menu_item
from tests.factories.services import hotline, opening_hours
from tests.factories.staff import account
from tests.page_caches import Answer, ask, is_kept, page_cache

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cache(settings: Settings) -> Iterator[PageCache]:
    settings.DEBUG = True
    with page_cache() as made:
        yield made


def _ask_as(user: Any, cache: PageCache, url: str) -> Answer:
    client = Client()
    client.force_login(user)
    key = client.cookies[portal_settings.SESSION_COOKIE_NAME].value
    assert import_module(portal_settings.SESSION_ENGINE).SessionStore(key).exists(key)
    return ask(cache, url, HTTP_COOKIE=f"sessionid={key}")


def test_staff_are_told_what_readers_get_and_why(cache: PageCache, settings: Settings) -> None:
    settings.DEBUG, settings.ALLOWED_HOSTS = False, ["localhost"]
    editor, url = account(is_staff=True), article().get_absolute_url()
    told = [_ask_as(editor, cache, url)]
    ask(cache, url)
    told.append(_ask_as(editor, cache, url))
    Article.objects.update(title="Road closes")
    told.append(_ask_as(editor, cache, url))
    told.append(_ask_as(editor, cache, f"{url}?utm=1"))

    states = [answer.headers["X-Page-Cache"] for answer in told]
    assert states[0] == "miss; why=nobody has asked for it since all pages were dropped"
    assert states[1].startswith("hit; age=")
    assert states[2].startswith("miss; why=news.article id=")
    assert states[3].startswith("miss; why=")
    assert all("no-store" in answer.headers["Cache-Control"] for answer in told)


def test_readers_with_an_account_that_is_not_staff_are_told_nothing(cache: PageCache) -> None:
    assert "X-Page-Cache" not in _ask_as(account(is_staff=False), cache, "/").headers


def test_preview_is_not_kept_and_changes_no_page(cache: PageCache) -> None:
    row = article("Secret road", standfirst="By rail.", state=State.DRAFT, publish_at=None)
    now = timezone.now()
    edition, expires_at = open_edition(row), now + dt.timedelta(days=1)
    url = create_link(row, edition, by=account("Editor"), at=now, expires_at=expires_at)[1]

    previews = [ask(cache, url) for _ in range(2)]

    assert [b"Secret road" in answer.body for answer in previews] == [True, True]
    assert [answer.outcome for answer in previews] == ["", ""]
    assert (len(cache), ask(cache, row.get_absolute_url()).status) == (0, "404 Not Found")


def test_what_a_preview_sees_neither_keeps_nor_drops_a_page(cache: PageCache, monkeypatch: pytest.MonkeyPatch) -> None:
    # A preview asks for the page within a request, whose end is the one that closes connections.
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
    url = article().get_absolute_url()
    ask(cache, url)
    with transaction.atomic():
        menu_item("Never committed", "/about/")
        answers = [ask(cache, each) for each in (url, "/news/", "/news/")]
        transaction.set_rollback(True)

    assert [answer.outcome for answer in answers] == ["miss"] * 3
    assert b"Never committed" in answers[0].body
    assert (is_kept(cache, url), len(cache)) == (True, 1)


def test_page_that_was_first_asked_for_by_head_has_a_body(cache: PageCache) -> None:
    url = article("Road opens").get_absolute_url()

    first, second = ask(cache, url, method="HEAD"), ask(cache, url)

    assert (first.body, first.headers["Content-Length"]) == (b"", str(len(second.body)))
    assert b"Road opens" in second.body


def test_database_that_cannot_be_reached_leaves_the_last_page_for_a_minute(cache: PageCache) -> None:
    url = article("Road opens").get_absolute_url()
    django, is_down = WSGIHandler(), []

    def application(environ: Any, start_response: Any) -> Any:
        if is_down:
            return _apologise(environ, start_response)
        return django(environ, start_response)

    def fail() -> None:
        raise OperationalError

    cache._application = application
    with time_machine.travel("2027-03-01T12:00:00Z", tick=False) as clock:
        ask(cache, url)
        poll, cache._changes.poll = cache._changes.poll, fail  # type: ignore[method-assign]
        is_down.append(True)
        during = [ask(cache, each) for each in (url, "/news/")]
        clock.shift(61)
        later = ask(cache, url)
        cache._changes.poll = poll  # type: ignore[method-assign]
        back = ask(cache, url)

    assert [answer.status[:3] for answer in (*during, later, back)] == ["200", "503", "503", "503"]
    assert b"Road opens" in during[0].body


def _apologise(environ: Any, start_response: Any) -> list[bytes]:
    start_response("503 Service Unavailable", [])
    return [b"Sorry"]


def test_page_is_not_the_last_resort_once_it_would_have_changed_by_itself(cache: PageCache) -> None:
    noon = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
    with time_machine.travel(noon, tick=False) as clock:
        url = article(expire_at=noon + dt.timedelta(seconds=5)).get_absolute_url()
        ask(cache, url)
        cache._changes.poll = lambda: 1 / 0  # type: ignore[method-assign, assignment, return-value]
        cache._application = _apologise
        statuses = [ask(cache, url).status[:3]]
        clock.shift(5)
        statuses.append(ask(cache, url).status[:3])

    assert statuses == ["200", "503"]


def test_page_that_shows_another_time_than_now_is_not_kept(cache: PageCache) -> None:
    url = article().get_absolute_url()
    django = WSGIHandler()

    def with_the_clock_moved(environ: Any, start_response: Any) -> Any:
        with time_machine.travel(timezone.now() + dt.timedelta(hours=1), tick=False):
            return django(environ, start_response)

    with page_cache(application=with_the_clock_moved) as moved:
        ask(moved, url)
        assert len(moved) == 0


def test_past_special_date_goes_at_midnight_where_the_hotline_is(cache: PageCache) -> None:
    opening_hours(hotline(time_zone="Asia/Kathmandu"), days="2027-03-01", times="09:00-17:00")
    with time_machine.travel("2027-03-01T23:59:59+05:45", tick=False) as clock:
        before = ask(cache, "/services/hotlines/")
        was_kept = is_kept(cache, "/services/hotlines/")
        clock.shift(1)
        after = ask(cache, "/services/hotlines/")

    assert was_kept
    assert after.body != before.body
