"""Browsers of people with passkeys, for tests of the login and of the page of the account."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from tests.factories import staff
from tests.factories.authenticator import DOMAIN, ORIGIN, Authenticator

LOGIN, PASSWORD = "/admin/login/", "grue-Mast-71-fen"
ADD, NEW_QUESTION, QUESTION = (
    "/admin/account/passkeys/add/",
    "/admin/account/passkeys/question/",
    "/admin/passkey/question/",
)
NOW = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)


@pytest.fixture
def clock(settings: Settings) -> Iterator[Any]:
    settings.PASSKEY_ORIGINS, settings.PASSKEY_DOMAIN, settings.ALLOWED_HOSTS = [ORIGIN], DOMAIN, [DOMAIN]
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


class SecureClient(Client):
    """Browser on the origin of the passkeys."""

    def generic(self, *args: Any, **kwargs: Any) -> Any:
        return super().generic(*args, **{**kwargs, "secure": True, "SERVER_NAME": DOMAIN, "SERVER_PORT": "443"})


def person(role: str = "Editor", **fields: Any) -> User:
    user = staff.account(role, **fields)
    user.set_password(PASSWORD)
    user.save()
    return user


def log_in(user: User) -> Client:
    browser = SecureClient()
    assert browser.post(LOGIN, {"username": user.username, "password": PASSWORD}).status_code == 302
    return browser


def add(browser: Client, *, name: str = "Phone") -> tuple[Authenticator, Any]:
    device, question = Authenticator(), browser.post(NEW_QUESTION).json()
    answer = {"name": name, "passkey": device.create(question["options"]), "passkey_note": question["note"]}
    return device, browser.post(ADD, answer)


def answer_of(browser: Client, device: Authenticator, **asked: str) -> dict[str, str]:
    question = browser.post(QUESTION, asked).json()
    return {"passkey": device.sign(question["options"]), "passkey_note": question["note"]}


def with_passkey(**fields: Any) -> tuple[User, Authenticator]:
    user = person(**fields)
    device, _page = add(log_in(user))
    return user, device


def is_logged_in(browser: Client) -> bool:
    return bool(browser.get("/admin/").status_code == 200)
