import datetime as dt
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings

from news.models import Article
from postportal.page_cache.page_cache import PageCache
from postportal.web.request_metrics import ROUTE
from tests.factories.news import article
from tests.factories.pages import page, site_settings
from tests.factories.services import hotline, opening_hours
from tests.page_caches import ask, is_kept, page_cache

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _debug(settings: Settings) -> None:
    """The header that tells a hit is only sent in development."""
    settings.DEBUG = True


@pytest.fixture
def cache() -> Iterator[PageCache]:
    with page_cache() as made:
        yield made


def test_second_request_is_answered_without_django(cache: PageCache) -> None:
    row = article("Road opens")

    first, second = ask(cache, row.get_absolute_url()), ask(cache, row.get_absolute_url())

    assert (first.outcome, second.outcome) == ("miss", "hit")
    assert first.body == second.body
    assert b"Road opens" in second.body


def test_requests_are_counted_by_route_and_hits_as_such() -> None:
    routes = []

    def django(environ: Any, start_response: Any) -> Any:
        environ[ROUTE] = "home"
        return WSGIHandler()(environ, start_response)

    with page_cache(application=django) as cache:

        def counted(environ: Any, start_response: Any) -> Any:
            response = cache(environ, start_response)
            routes.append(environ[ROUTE])
            return response

        for cookie in ("", "", "sessionid=1"):
            ask(counted, "/", HTTP_COOKIE=cookie)

    assert routes == ["home", "page_cache", "home"]


def test_hit_has_the_status_headers_and_body_of_a_rendered_page(cache: PageCache) -> None:
    url = article().get_absolute_url()
    rendered = ask(WSGIHandler(), url)
    ask(cache, url)

    hit = ask(cache, url)

    assert hit.headers.pop("Vary") == "Accept-Encoding"
    assert hit.headers.pop("X-Page-Cache").startswith("hit; age=")
    assert hit == rendered


def test_edit_is_on_the_page_at_once(cache: PageCache) -> None:
    row = article("Road opens")
    ask(cache, row.get_absolute_url())
    row.title = "Road closes"
    row.save()

    assert b"Road closes" in ask(cache, row.get_absolute_url()).body


def test_write_that_no_code_of_ours_has_seen_is_on_the_page_at_once(cache: PageCache) -> None:
    row = article("Road opens")
    ask(cache, row.get_absolute_url())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE news_article SET title = 'Road closes'")

    assert b"Road closes" in ask(cache, row.get_absolute_url()).body


def test_change_that_is_rolled_back_drops_nothing(cache: PageCache) -> None:
    row = article("Road opens")
    ask(cache, row.get_absolute_url())
    with transaction.atomic():
        Article.objects.update(title="Road closes")
        transaction.set_rollback(True)

    assert is_kept(cache, row.get_absolute_url())


def test_every_process_drops_the_page(cache: PageCache) -> None:
    row = article("Road opens")
    with page_cache() as other:
        for each in (cache, other):
            ask(each, row.get_absolute_url())
        Article.objects.update(title="Road closes")

        assert [b"Road closes" in ask(each, row.get_absolute_url()).body for each in (cache, other)] == [True, True]


def test_settings_of_the_site_change_every_page(cache: PageCache) -> None:
    site_settings(name="Post")
    urls = ["/", article().get_absolute_url(), page().get_absolute_url()]
    for url in urls:
        ask(cache, url)
    site_settings(name="Royal Mail")

    assert [b"Royal Mail" in ask(cache, url).body for url in urls] == [True] * 3


def test_embargo_lifts_in_its_second(cache: PageCache) -> None:
    lifts_at = timezone.now().replace(microsecond=0) + dt.timedelta(minutes=5)
    article("Old", publish_at=lifts_at - dt.timedelta(days=1))
    article("Stamp of the year", publish_at=lifts_at)
    with time_machine.travel(lifts_at - dt.timedelta(seconds=1), tick=False) as clock:
        before = [ask(cache, "/news/") for _ in range(2)]
        clock.move_to(lifts_at)
        after = ask(cache, "/news/")

    assert [answer.outcome for answer in before] == ["miss", "hit"]
    assert [b"Stamp of the year" in answer.body for answer in (*before, after)] == [False, False, True]


def test_page_expires_in_its_second(cache: PageCache) -> None:
    ends_at = timezone.now().replace(microsecond=0) + dt.timedelta(minutes=5)
    row = article("Offer", expire_at=ends_at)
    with time_machine.travel(ends_at - dt.timedelta(seconds=1), tick=False) as clock:
        ask(cache, row.get_absolute_url())
        was_kept = is_kept(cache, row.get_absolute_url())
        clock.move_to(ends_at)

        assert (was_kept, ask(cache, row.get_absolute_url()).status) == (True, "410 Gone")


def test_pages_end_at_midnight(cache: PageCache) -> None:
    with time_machine.travel("2027-12-31T23:59:59+08:00", tick=False) as clock:
        ask(cache, "/")
        was_kept = is_kept(cache, "/")
        clock.shift(1)
        found = ask(cache, "/")

    assert (was_kept, found.outcome) == (True, "miss")


def test_hotline_closes_in_its_minute(cache: PageCache) -> None:
    opening_hours(hotline(time_zone="Asia/Kathmandu"), days="0-6", times="09:00-17:00")
    with time_machine.travel("2027-03-01T16:59:59+05:45", tick=False) as clock:
        before = [ask(cache, "/services/hotlines/") for _ in range(2)]
        clock.shift(1)
        after = ask(cache, "/services/hotlines/")

    assert [answer.outcome for answer in (*before, after)] == ["miss", "hit", "miss"]
    assert after.body != before[0].body


def test_clock_that_is_set_back_empties_the_cache(cache: PageCache) -> None:
    with time_machine.travel("2027-03-01T12:00:00Z", tick=False) as clock:
        ask(cache, "/")
        clock.move_to("2027-03-01T11:00:00Z")

        assert not is_kept(cache, "/")


def test_page_rendered_during_a_change_is_not_kept() -> None:
    row = article("Road opens")
    django = WSGIHandler()

    def changed_while_rendered(environ: Any, start_response: Any) -> Any:
        response = django(environ, start_response)
        Article.objects.filter(title="Road opens").update(title="Road closes")
        return response

    with page_cache(application=changed_while_rendered) as cache:
        bodies = [ask(cache, row.get_absolute_url()).body for _ in range(2)]

    assert [b"Road closes" in body for body in bodies] == [False, True]


def test_changes_that_cannot_be_read_mean_no_hit(cache: PageCache, monkeypatch: pytest.MonkeyPatch) -> None:
    row = article("Road opens")
    ask(cache, row.get_absolute_url())
    with monkeypatch.context() as patch:
        patch.setattr(cache._changes, "poll", lambda: 1 / 0)
        answers = [ask(cache, row.get_absolute_url()) for _ in range(2)]
    after = [ask(cache, row.get_absolute_url()).outcome for _ in range(2)]

    assert [(answer.status, answer.outcome) for answer in answers] == [("200 OK", "miss")] * 2
    assert after == ["miss", "hit"]


def test_lost_connection_means_one_rendered_page(cache: PageCache) -> None:
    ask(cache, "/")
    cache._changes._connection.connection.close()

    assert [ask(cache, "/").outcome for _ in range(2)] == ["miss", "hit"]


def test_process_behind_the_trimmed_changes_empties_its_cache(cache: PageCache) -> None:
    row = article("Road opens")
    ask(cache, row.get_absolute_url())
    Article.objects.update(title="Road closes")
    Article.objects.update(location="Lhasa")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM page_cache_pagedrop WHERE id < (SELECT max(id) FROM page_cache_pagedrop)")

    assert b"Road closes" in ask(cache, row.get_absolute_url()).body


def test_requests_of_people_who_may_be_staff_never_touch_it(cache: PageCache) -> None:
    ask(cache, "/")

    answer = ask(cache, "/", HTTP_COOKIE="theme=dark; sessionid=unknown")

    assert (answer.outcome, "no-store" in answer.headers["Cache-Control"]) == ("", True)


@pytest.mark.parametrize("url", ["/?utm=1", "/news/?page=01", "/about/?page=2", "/news/?page=1&page=1", "/search/?q=a"])
def test_addresses_without_end_are_not_kept(cache: PageCache, url: str) -> None:
    page(path="about")
    for _ in range(2):
        ask(cache, url)

    assert len(cache) == 0


def test_second_page_of_a_list_is_kept(cache: PageCache) -> None:
    for _ in range(21):
        article()

    assert [ask(cache, "/news/?page=2").outcome for _ in range(2)] == ["miss", "hit"]


@pytest.mark.parametrize("url", ["/nowhere/", "/contact/", "/admin/", "/healthz", "/robots.txt"])
def test_other_pages_are_not_kept(cache: PageCache, url: str) -> None:
    assert [ask(cache, url).outcome for _ in range(2)] == ["", ""]


def test_unknown_host_is_refused_although_the_page_is_kept(cache: PageCache) -> None:
    ask(cache, "/")

    assert ask(cache, "/", HTTP_HOST="evil.example").status == "400 Bad Request"


def test_only_one_request_renders_a_page(cache: PageCache) -> None:
    row, rendered = article(), []
    django, may_go_on = cache._application, threading.Event()

    def slow(environ: Any, start_response: Any) -> Any:
        rendered.append(environ["PATH_INFO"])
        may_go_on.wait(10)
        return django(environ, start_response)

    cache._application = slow
    answers: list[Any] = []
    threads = [
        threading.Thread(target=lambda: answers.append(_ask_and_disconnect(cache, row.get_absolute_url())))
        for _ in range(5)
    ]
    for thread in threads:
        thread.start()
    may_go_on.set()
    for thread in threads:
        thread.join(30)

    assert (len(rendered), len({answer.body for answer in answers}), len(answers)) == (1, 1, 5)


def _ask_and_disconnect(cache: PageCache, url: str) -> Any:
    try:
        return ask(cache, url)
    finally:
        # Django leaves the connections of databases in memory open. Who only waited has none.
        if connection.connection is not None:
            connection.connection.close()
