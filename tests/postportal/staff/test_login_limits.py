"""Nobody can guess passwords, and nobody can lock somebody else out by trying."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.test import Client

from postportal.audit.actions import Action
from postportal.audit.models import Entry
from postportal.staff.login_limits import (
    MAX_FAILURES_IN_NETWORK,
    MAX_FAILURES_OF_ACCOUNT,
    MAX_FAILURES_OF_ACCOUNT_IN_NETWORK,
)
from tests.caches import DEAD_CACHE
from tests.factories import staff

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/?next=/admin/"
PASSWORD = "only-for-this-test"
NOW = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
OURS, THEIRS = "198.51.100.7", "203.0.113.9"


@pytest.fixture
def editor() -> User:
    user = staff.account("Editor", username="editor")
    user.set_password(PASSWORD)
    user.save()
    return user


def log_in(username: str, password: str = PASSWORD, *, address: str = OURS, **extra: str) -> Any:
    return Client(REMOTE_ADDR=address).post(LOGIN, {"username": username, "password": password}, **extra)


def fail(times: int, username: str = "editor", *, address: str = OURS) -> None:
    for number in range(times):
        answer = log_in(username, f"wrong-{number}", address=address)
        assert (answer.status_code, answer.headers.get("Retry-After")) == (200, None)


def log_failures(username: str, addresses: list[str], *, at: dt.datetime = NOW) -> None:
    """Add failures to the log as a login adds them, without the cost of checking a password."""
    for address in addresses:
        with time_machine.travel(at, tick=False):
            request = Client(REMOTE_ADDR=address).get("/admin/login/").wsgi_request
            user_login_failed.send(sender=__name__, credentials={"username": username}, request=request)


@time_machine.travel(NOW, tick=False)
def test_account_is_closed_to_the_network_after_ten_failures(editor: User) -> None:
    fail(MAX_FAILURES_OF_ACCOUNT_IN_NETWORK)

    refused = log_in("editor")

    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "300")
    assert "Too many failed logins. Wait a few minutes and try again." in refused.content.decode()
    # Neither the owner elsewhere nor colleagues in the same house are locked out.
    assert log_in("editor", address=THEIRS).status_code == 302
    assert log_in("somebody-else", "wrong").status_code == 200
    # No password was checked, so there is nothing to log.
    assert Entry.objects.filter(action=Action.LOGIN_FAILED).count() == MAX_FAILURES_OF_ACCOUNT_IN_NETWORK + 1


def test_account_is_open_again_when_the_time_is_over(editor: User) -> None:
    log_failures("editor", [OURS] * MAX_FAILURES_OF_ACCOUNT_IN_NETWORK)

    with time_machine.travel(NOW + dt.timedelta(minutes=4, seconds=50), tick=False):
        refused = log_in("editor")
    with time_machine.travel(NOW + dt.timedelta(minutes=5), tick=False):
        answer = log_in("editor")

    assert (refused.status_code, refused.headers["Retry-After"], answer.status_code) == (429, "10", 302)


@time_machine.travel(NOW, tick=False)
def test_password_tried_on_many_names_closes_the_network(editor: User) -> None:
    for number in range(MAX_FAILURES_IN_NETWORK):
        log_failures(f"name-{number}", [OURS])

    assert (log_in("editor").status_code, log_in("editor", address=THEIRS).status_code) == (429, 302)


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("2001:db8:0:7::1", 429),
        ("2001:0db8:0000:0007:ffff::2", 429),
        ("2001:db8:0:8::1", 302),
        ("2001:db8:7::1", 302),
    ],
)
def test_ipv6_addresses_of_one_household_count_together(editor: User, address: str, status: int) -> None:
    log_failures("editor", [f"2001:db8:0:7::{number:x}" for number in range(100, 110)])

    assert log_in("editor", address=address).status_code == status


@time_machine.travel(NOW, tick=False)
def test_ipv4_addresses_from_a_socket_for_both_are_not_one_network(editor: User) -> None:
    for number in range(MAX_FAILURES_IN_NETWORK):
        log_failures(f"name-{number}", [f"::ffff:{OURS}"])

    statuses = [log_in("editor", address=address).status_code for address in (f"::ffff:{OURS}", f"::ffff:{THEIRS}")]
    assert statuses == [429, 302]


@time_machine.travel(NOW, tick=False)
def test_many_networks_close_the_account_but_not_to_its_owner(editor: User) -> None:
    assert log_in("editor", address=OURS).status_code == 302
    log_failures("editor", [f"192.0.2.{number}" for number in range(MAX_FAILURES_OF_ACCOUNT)])

    stranger, owner = log_in("editor", address=THEIRS), log_in("editor", address=OURS)

    assert (stranger.status_code, stranger.headers["Retry-After"], owner.status_code) == (429, "3600", 302)


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize("name", ["ｅｄｉｔｏｒ", " editor ", "editor"])
def test_spelling_of_the_name_makes_no_difference(editor: User, name: str) -> None:
    log_failures("editor", [OURS] * MAX_FAILURES_OF_ACCOUNT_IN_NETWORK)

    assert log_in(name).status_code == 429


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize("name", ["nobody", "x" * 150, "back\\slash", "line\u2028break"])
def test_unknown_names_are_limited_like_known_ones(name: str) -> None:
    log_failures(name, [OURS] * MAX_FAILURES_OF_ACCOUNT_IN_NETWORK)

    assert log_in(name).status_code == 429


@time_machine.travel(NOW, tick=False)
def test_forwarded_addresses_of_strangers_change_nothing(editor: User) -> None:
    log_failures("editor", [OURS] * MAX_FAILURES_OF_ACCOUNT_IN_NETWORK)

    assert log_in("editor", headers={"X-Forwarded-For": THEIRS}).status_code == 429


@time_machine.travel(NOW, tick=False)
def test_cache_that_is_down_opens_no_door(editor: User, settings: Any) -> None:
    settings.CACHES = DEAD_CACHE
    log_failures("editor", [OURS] * MAX_FAILURES_OF_ACCOUNT_IN_NETWORK)

    assert log_in("editor").status_code == 429


@time_machine.travel(NOW, tick=False)
def test_text_held_by_the_login_page_survives_a_refusal(editor: User) -> None:
    log_failures("editor", [OURS] * MAX_FAILURES_OF_ACCOUNT_IN_NETWORK)
    held = {"_kept": "title=Half+a+text", "next": "/admin/news/article/add/"}

    refused = Client(REMOTE_ADDR=OURS).post(LOGIN, {"username": "editor", "password": PASSWORD, **held})

    assert (refused.status_code, 'value="title=Half+a+text"' in refused.content.decode()) == (429, True)
