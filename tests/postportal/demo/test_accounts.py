import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from pytest_django import Settings

from postportal.demo.accounts import ACCOUNT_ROLES, DEMO_PASSWORD, load_accounts
from postportal.demo.checks import check_for_demo_accounts
from postportal.demo.run import LoadRun
from tests.postportal.demo.conftest import NOW


@pytest.fixture
def accounts(db: None) -> None:
    load_accounts(LoadRun(now=NOW))


@pytest.mark.usefixtures("accounts")
def test_accounts_are_staff_with_the_roles_of_the_portal() -> None:
    users = {user.username: user for user in User.objects.prefetch_related("groups")}
    assert {name: ", ".join(group.name for group in user.groups.all()) for name, user in users.items()} == ACCOUNT_ROLES
    assert [name for name, user in users.items() if user.is_superuser] == ["admin"]
    assert all(user.is_staff for user in users.values())


@pytest.mark.parametrize("name", ACCOUNT_ROLES)
@pytest.mark.usefixtures("accounts")
def test_password_opens_every_account_while_debug_is_on(settings: Settings, name: str) -> None:
    settings.DEBUG = True
    assert authenticate(username=name, password=DEMO_PASSWORD) == User.objects.get(username=name)


@pytest.mark.parametrize("name", [*ACCOUNT_ROLES, "somebody else"])
@pytest.mark.usefixtures("accounts")
def test_password_opens_no_account_with_debug_off(settings: Settings, client: Client, name: str) -> None:
    settings.DEBUG = False
    User.objects.create_user("somebody else", password=DEMO_PASSWORD, is_staff=True)
    assert authenticate(username=name, password=DEMO_PASSWORD) is None
    assert client.login(username=name, password=DEMO_PASSWORD) is False


@pytest.mark.usefixtures("accounts")
def test_another_password_works_with_debug_off(settings: Settings) -> None:
    settings.DEBUG = False
    user = User.objects.get(username="editor")
    user.set_password("a password of one's own")
    user.save()
    assert authenticate(username="editor", password="a password of one's own") == user


def test_check_names_accounts_that_have_the_public_password(accounts: None) -> None:
    editor = User.objects.get(username="editor")
    editor.set_password("a password of one's own")
    editor.save()
    User.objects.exclude(username__in=["admin", "editor", "viewer"]).delete()
    found = check_for_demo_accounts(databases=["default"])
    assert [(error.id, error.msg) for error in found] == [
        ("demo.E001", "Demo accounts with their public password: admin, viewer.")
    ]


def test_check_finds_nothing_without_accounts_and_asks_no_database_unasked(db: None) -> None:
    assert check_for_demo_accounts(databases=["default"]) == []
    load_accounts(LoadRun(now=NOW))
    assert check_for_demo_accounts(databases=None) == []
    assert check_for_demo_accounts(databases=["other"]) == []


def test_check_is_silent_before_the_first_migration(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE auth_user RENAME TO not_yet")
    assert check_for_demo_accounts(databases=["default"]) == []
