"""Hostile answers to the questions that passkeys are asked."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from pytest_django import Settings

from postportal.audit.models import Entry
from postportal.staff.models import Passkey
from postportal.staff.passkeys import (
    CONFIRMATION,
    LOGIN,
    SECOND_STEP,
    add_passkey,
    ask,
    ask_for_new,
    check_passkey,
    find_passkey,
)
from tests.factories import staff
from tests.factories.authenticator import DOMAIN, ORIGIN, PRESENT, Authenticator

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock(settings: Settings) -> Iterator[Any]:
    settings.PASSKEY_ORIGINS, settings.PASSKEY_DOMAIN = [ORIGIN], DOMAIN
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def with_passkey(user: User) -> tuple[Authenticator, Passkey]:
    device = Authenticator()
    question = ask_for_new(user, site_name="Portal")
    row = add_passkey(user, name="Phone", answer=device.create(question.options), note=question.note)
    assert row is not None
    return device, row


def is_accepted(device: Authenticator, row: Passkey, *, purpose: str = LOGIN, user: Any = None) -> bool:
    question = ask(purpose, user=user)
    answer = device.sign(question.options)
    return check_passkey(row, answer=answer, note=question.note, purpose=purpose, user=user)


def test_passkey_is_added_and_logs_in() -> None:
    device, row = with_passkey(staff.account("Editor"))

    assert is_accepted(device, row)
    row.refresh_from_db()
    assert (row.used_at, row.user_handle) == (NOW, device.handle)


def test_question_asks_for_a_fingerprint_where_the_passkey_is_alone() -> None:
    user = staff.account("Editor")
    _device, row = with_passkey(user)

    alone, second = ask(LOGIN).options, ask(SECOND_STEP, user=user).options

    assert (alone["userVerification"], alone["allowCredentials"]) == ("required", [])
    assert [key["id"] for key in second["allowCredentials"]] == [row.credential_id]


def test_second_passkey_has_the_same_user_handle_and_excludes_the_first() -> None:
    user = staff.account("Editor")
    first, row = with_passkey(user)

    options = ask_for_new(user, site_name="Portal").options
    second, _row = with_passkey(user)

    assert first.handle == second.handle
    assert [key["id"] for key in options["excludeCredentials"]] == [row.credential_id]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("origin", "https://portal.example.evil.example"),
        ("origin", "http://portal.example"),
        ("domain", "evil.example"),
        ("flags", PRESENT),
        ("flags", 0),
        ("handle", "b3RoZXI"),
        ("key", Authenticator().key),
    ],
)
def test_wrong_answer_is_refused(name: str, value: Any) -> None:
    device, row = with_passkey(staff.account("Editor"))
    setattr(device, name, value)

    assert not is_accepted(device, row)


def test_second_step_needs_no_fingerprint() -> None:
    user = staff.account("Editor")
    device, row = with_passkey(user)
    device.flags, device.handle = PRESENT, ""

    assert is_accepted(device, row, purpose=SECOND_STEP, user=user)


def test_answer_is_accepted_once_for_its_purpose_and_person(clock: Any) -> None:
    user, other = staff.account("Editor"), staff.account("Editor", username="other")
    device, row = with_passkey(user)
    question = ask(SECOND_STEP, user=user)
    answer = device.sign(question.options)

    def accepts(purpose: str, person: Any) -> bool:
        return check_passkey(row, answer=answer, note=question.note, purpose=purpose, user=person)

    assert not any([accepts(LOGIN, None), accepts(CONFIRMATION, user), accepts(SECOND_STEP, other)])
    assert accepts(SECOND_STEP, user)
    clock.shift(1)
    assert not accepts(SECOND_STEP, user)


def test_late_and_forged_notes_are_refused(clock: Any) -> None:
    device, row = with_passkey(staff.account("Editor"))
    question, other = ask(LOGIN), ask(LOGIN)
    answer = device.sign(question.options)

    assert not check_passkey(row, answer=answer, note=other.note, purpose=LOGIN)
    assert not check_passkey(row, answer=answer, note=question.note[:-2] + "xx", purpose=LOGIN)
    clock.shift(15 * 60 + 1)
    assert not check_passkey(row, answer=answer, note=question.note, purpose=LOGIN)


def test_counter_that_goes_back_is_refused_and_logged(clock: Any) -> None:
    device, row = with_passkey(staff.account("Editor"))
    device.count = 5
    assert is_accepted(device, row)
    clock.shift(1)

    for count in (5, 4, 0):
        device.count = count
        assert not is_accepted(device, row)
    assert Entry.objects.filter(detail="passkey refused: its counter went back").count() == 3
    device.count = 6
    assert is_accepted(device, row)


@pytest.mark.parametrize(
    "answer", ["", "[]", "{}", "null", '{"id": 1}', '{"id": "\\u0000"}', '{"id": "é"}', "[" * 5000, '"x"', "\ud800"]
)
def test_text_that_is_no_answer_belongs_to_nobody(answer: str) -> None:
    assert find_passkey(answer) is None


@pytest.mark.parametrize("part", ["clientDataJSON", "authenticatorData", "signature", "userHandle"])
@pytest.mark.parametrize("value", [None, 7, "", "!", "AAAA", "é"])
def test_mangled_answers_are_refused(part: str, value: Any) -> None:
    device, row = with_passkey(staff.account("Editor"))
    question = ask(LOGIN)
    answer = json.loads(device.sign(question.options))
    answer["response"][part] = value

    accepted = check_passkey(row, answer=json.dumps(answer), note=question.note, purpose=LOGIN)

    # The user handle is optional, the signature covers the rest.
    assert accepted is (part == "userHandle" and value in (None, ""))


def test_passkey_is_added_with_its_own_question_only() -> None:
    user, other = staff.account("Editor"), staff.account("Editor", username="other")
    device, question = Authenticator(), ask_for_new(user, site_name="Portal")
    answer = device.create(question.options)

    assert add_passkey(other, name="x", answer=answer, note=question.note) is None
    assert add_passkey(user, name="x", answer=answer, note=ask(LOGIN).note) is None
    assert add_passkey(user, name="x", answer="{}", note=question.note) is None
    assert add_passkey(user, name="x", answer=answer, note=question.note) is not None
    # Nobody else gets a passkey that is known.
    again = ask_for_new(other, site_name="Portal")
    assert add_passkey(other, name="x", answer=device.create(again.options), note=again.note) is None
    assert Passkey.objects.count() == 1
