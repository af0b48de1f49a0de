"""Answers that authenticators have signed, without accounts."""

from typing import Any

import pytest
from pytest_django import Settings

from postportal.staff.passkey_library import (
    NewKey,
    authentication_options,
    read_new_key,
    read_sign_count,
    registration_options,
)
from tests.factories.authenticator import DOMAIN, ORIGIN, PRESENT, Authenticator

CHALLENGE, OTHER = "Y2hhbGxlbmdl", "b3RoZXI"
USER = {"handle": "aGFuZGxl", "name": "wen", "display_name": "Wen Hao"}


@pytest.fixture(autouse=True)
def _domain(settings: Settings) -> None:
    settings.PASSKEY_ORIGINS, settings.PASSKEY_DOMAIN = [ORIGIN], DOMAIN


def new_key(device: Authenticator) -> NewKey:
    options = registration_options(CHALLENGE, site_name="Portal", user=USER, keys=[])
    key = read_new_key(device.create(options), challenge=CHALLENGE)
    assert key is not None
    return key


def count_of(device: Authenticator, key: NewKey, *, challenge: str = CHALLENGE, is_alone: bool = True) -> Any:
    options = authentication_options(CHALLENGE, keys=[key.credential_id], is_alone=is_alone)
    return read_sign_count(device.sign(options), challenge=challenge, public_key=key.public_key, is_alone=is_alone)


def test_counter_is_read_from_what_the_key_has_signed() -> None:
    device = Authenticator()
    key = new_key(device)
    device.count = 7

    assert (key.sign_count, count_of(device, key)) == (0, 7)


def test_other_question_other_key_and_missing_fingerprint_are_refused() -> None:
    device = Authenticator()
    key, other = new_key(device), new_key(Authenticator())

    assert count_of(device, key, challenge=OTHER) is None
    assert count_of(device, other) is None
    device.flags = PRESENT
    assert (count_of(device, key), count_of(device, key, is_alone=False)) == (None, 0)


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", "{", '{"id": "AAAA", "response": 7}'])
def test_texts_that_are_no_answers_are_refused(answer: str) -> None:
    assert read_new_key(answer, challenge=CHALLENGE) is None
    assert read_sign_count(answer, challenge=CHALLENGE, public_key=CHALLENGE, is_alone=True) is None


def test_options_name_the_portal_the_person_and_the_known_keys() -> None:
    options = registration_options(CHALLENGE, site_name="Portal", user=USER, keys=["a2V5"])

    assert (options["rp"], options["challenge"]) == ({"id": DOMAIN, "name": "Portal"}, CHALLENGE)
    assert options["user"] == {"id": "aGFuZGxl", "name": "wen", "displayName": "Wen Hao"}
    assert [key["id"] for key in options["excludeCredentials"]] == ["a2V5"]
