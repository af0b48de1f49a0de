import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from pytest_django import Settings

from postportal.staff.demo_password import ACCOUNT_NAMES, DEMO_PASSWORD, check_for_demo_accounts

pytestmark = pytest.mark.django_db


@pytest.fixture
def accounts() -> None:
    password = make_password(DEMO_PASSWORD)
    User.objects.bulk_create(
        User(username=name, password=password, is_staff=True) for name in [*ACCOUNT_NAMES, "somebody else"]
    )


@pytest.mark.parametrize("name", ACCOUNT_NAMES)
@pytest.mark.usefixtures("accounts")
def test_demo_password_is_accepted_with_debug_and_demo(settings: Settings, name: str) -> None:
    settings.DEBUG = settings.DEMO = True

    assert authenticate(username=name, password=DEMO_PASSWORD) == User.objects.get(username=name)


@pytest.mark.parametrize(("debug", "demo"), [(False, True), (True, False), (False, False)])
@pytest.mark.parametrize("name", [*ACCOUNT_NAMES, "somebody else"])
@pytest.mark.usefixtures("accounts")
def test_demo_password_is_refused_otherwise(
    settings: Settings, client: Client, name: str, *, debug: bool, demo: bool
) -> None:
    settings.DEBUG, settings.DEMO = debug, demo

    assert authenticate(username=name, password=DEMO_PASSWORD) is None
    assert client.login(username=name, password=DEMO_PASSWORD) is False


@pytest.mark.usefixtures("accounts")
def test_other_passwords_work_with_debug_off(settings: Settings) -> None:
    settings.DEBUG = False
    user = User.objects.get(username="editor")
    user.set_password("a password of one's own")
    user.save()

    assert authenticate(username="editor", password="a password of one's own") == user


@pytest.mark.usefixtures("accounts")
def test_check_names_accounts_with_the_demo_password() -> None:
    editor = User.objects.get(username="editor")
    editor.set_password("a password of one's own")
    editor.save()
    User.objects.exclude(username__in=["admin", "editor", "viewer"]).delete()

    found = check_for_demo_accounts(databases=["default"])

    assert [(error.id, error.msg) for error in found] == [
        ("demo.E001", "These accounts still have the public demo password: admin, viewer.")
    ]


@pytest.mark.parametrize("databases", [None, ["other"]])
@pytest.mark.usefixtures("accounts")
def test_check_needs_the_database_option(databases: list[str] | None) -> None:
    assert check_for_demo_accounts(databases=databases) == []


def test_check_finds_nothing_without_accounts() -> None:
    assert check_for_demo_accounts(databases=["default"]) == []


def test_check_passes_before_the_first_migration() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE auth_user RENAME TO not_yet")

    assert check_for_demo_accounts(databases=["default"]) == []
