"""Logging of logins and of changes to accounts, roles and permissions."""

import json

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core import serializers
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from postportal.audit.models import Entry
from tests.factories import audit, forms, staff

pytestmark = pytest.mark.django_db
PASSWORD = "grue-Mast-71-fen"


def make_user(role: str = "Editor") -> User:
    user = staff.account(role, username="li")
    user.set_password(PASSWORD)
    user.save()
    return user


def log_in(browser: Client, **fields: str) -> None:
    browser.post("/admin/login/", {"username": "li", "password": PASSWORD, **fields}, REMOTE_ADDR="192.0.2.1")


def test_login_and_logout_are_logged() -> None:
    user = make_user()
    last = audit.last_number()
    browser = Client()

    log_in(browser)
    browser.post("/admin/logout/", REMOTE_ADDR="192.0.2.2")

    rows = Entry.objects.filter(number__gt=last).order_by("number")
    assert list(rows.values_list("action", "actor_id", "actor_name", "item_key", "address", "detail")) == [
        ("login", user.pk, "li", str(user.pk), "192.0.2.1", ""),
        ("logout", user.pk, "li", str(user.pk), "192.0.2.2", ""),
    ]


def test_logout_of_an_anonymous_user_is_not_logged() -> None:
    last = audit.last_number()

    Client().post("/admin/logout/")

    assert audit.actions_since(after=last) == []


@pytest.mark.parametrize(
    ("name", "detail"), [("li", "li"), ("nobody", "nobody"), ("a\nb", r"a\nb"), ("x" * 60, "x" * 32 + "…")]
)
def test_failed_login_is_logged_without_the_password(name: str, detail: str) -> None:
    make_user()
    last = audit.last_number()

    log_in(Client(), username=name, password="secret-of-li")

    [row] = Entry.objects.filter(number__gt=last).values()
    assert (row["action"], row["actor_name"], row["address"], row["detail"]) == (
        "login-failed",
        "",
        "192.0.2.1",
        detail,
    )
    assert "secret-of-li" not in str(row)


def test_login_to_a_disabled_account_is_logged_as_failed() -> None:
    user = make_user()
    user.is_active = False
    user.save()
    last = audit.last_number()

    log_in(Client())

    assert audit.actions_since(after=last) == [("login-failed", "li")]


def test_login_is_not_logged_as_a_change_of_the_account() -> None:
    """Django stores the time of the login in the account."""
    make_user()
    last = audit.last_number()

    log_in(Client())

    assert audit.actions_since(after=last) == [("login", "")]


def test_rehashed_password_is_told_apart_from_a_new_one(settings: Settings) -> None:
    user = make_user()
    hashers = settings.PASSWORD_HASHERS
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher", *hashers]
    last = audit.last_number()

    log_in(Client())

    assert audit.actions_since(after=last) == [
        ("password-change", "stored hash replaced"),
        ("login", ""),
    ]
    user.refresh_from_db()
    assert user.password.startswith("scrypt")


def test_change_of_own_password_is_logged() -> None:
    user = make_user()
    browser = staff.sign_in(user)
    last = audit.last_number()
    new = "olm-Birke-88-tau"

    browser.post("/admin/password_change/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})

    [row] = Entry.objects.filter(number__gt=last).values()
    assert (row["action"], row["actor_name"], row["item_key"], row["detail"]) == (
        *("password-change", "li"),
        *(str(user.pk), ""),
    )


def test_changes_of_permissions_and_name_are_logged() -> None:
    user = make_user("Viewer")
    admin = staff.account(username="root", is_superuser=True)
    browser = staff.sign_in(admin)
    url = reverse("admin:auth_user_change", args=[user.pk])
    last = audit.last_number()

    fields = forms.fill_form(
        browser, url, is_superuser="on", username="wang", groups=[Group.objects.get(name="Author").pk]
    )
    browser.post(url, fields)

    rows = Entry.objects.filter(number__gt=last).order_by("number")
    assert list(rows.values_list("action", "actor_name", "item_name", "detail")) == [
        ("permission-change", "root", "wang", "administrator: no → yes"),
        ("account-change", "root", "wang", "username (was: li)"),
        ("permission-change", "root", "wang", "roles − Viewer"),
        ("permission-change", "root", "wang", "roles + Author"),
    ]


def test_form_saved_without_changes_is_not_logged() -> None:
    user = make_user()
    browser = staff.sign_in()
    url = reverse("admin:auth_user_change", args=[user.pk])
    fields = forms.fill_form(browser, url)
    last = audit.last_number()

    assert browser.post(url, fields).status_code == 302

    assert audit.actions_since(after=last) == []


def test_new_account_is_logged_with_its_permissions() -> None:
    last = audit.last_number()

    staff.account(username="li", is_superuser=True)
    User.objects.create(username="reader")

    assert audit.actions_since(after=last) == [
        ("account-change", "created, active, staff, administrator"),
        ("account-change", "created, active"),
    ]


@pytest.mark.parametrize(
    ("changes", "logged"),
    [
        ({"is_active": False}, [("permission-change", "active: yes → no")]),
        ({"is_staff": False, "is_active": False}, [("permission-change", "active: yes → no, staff: yes → no")]),
        ({"email": "li@post.example"}, [("account-change", "email")]),
        ({"first_name": "Na", "last_name": "Li"}, [("account-change", "first name, last name")]),
        ({"password": "x"}, [("password-change", "stored hash replaced")]),
        ({"last_login": None}, []),
    ],
)
@pytest.mark.parametrize("has_update_fields", [True, False])
def test_change_of_an_account_is_logged(
    changes: dict[str, object], logged: list[tuple[str, str]], has_update_fields: bool
) -> None:
    user = make_user()
    last = audit.last_number()

    for name, value in changes.items():
        setattr(user, name, value)
    user.save(update_fields=list(changes) if has_update_fields else None)

    assert audit.actions_since(after=last) == logged


def test_field_that_is_not_saved_is_not_logged() -> None:
    user = make_user()
    last = audit.last_number()

    user.is_superuser = True
    user.save(update_fields=["email"])

    assert audit.actions_since(after=last) == []


def test_deleted_account_is_logged() -> None:
    user = make_user()
    last = audit.last_number()

    user.delete()

    assert audit.actions_since(after=last) == [("account-change", "deleted")]


def test_permissions_of_a_role_are_logged() -> None:
    role = Group.objects.create(name="Archivist")
    rows = Permission.objects.filter(codename__in=["view_article", "change_article"])
    last = audit.last_number()

    role.permissions.set(rows)
    role.permissions.remove(*rows.filter(codename="change_article"))
    role.permissions.clear()
    role.permissions.clear()
    role.name = "Archive"
    role.save()

    assert audit.actions_since(after=last) == [
        ("permission-change", "permissions + news.change_article, news.view_article"),
        ("permission-change", "permissions − news.change_article"),
        ("permission-change", "permissions − news.view_article"),
        ("permission-change", "role saved"),
    ]


def test_permissions_and_roles_are_logged_from_either_side() -> None:
    user = make_user("")
    role = Group.objects.create(name="Archivist")
    permission = Permission.objects.get(codename="view_article")
    last = audit.last_number()

    role.user_set.add(user)
    role.user_set.clear()
    permission.group_set.add(role)
    permission.user_set.add(user)
    permission.user_set.clear()
    user.user_permissions.add(permission)

    assert audit.actions_since(after=last) == [
        ("permission-change", "accounts + li"),
        ("permission-change", "accounts − li"),
        ("permission-change", "roles + Archivist"),
        ("permission-change", "accounts + li"),
        ("permission-change", "accounts − li"),
        ("permission-change", "permissions + news.view_article"),
    ]


def test_deleted_role_is_logged_with_its_accounts() -> None:
    role = Group.objects.create(name="Archivist")
    make_user("Archivist")
    last = audit.last_number()

    role.delete()

    assert audit.actions_since(after=last) == [("permission-change", "role deleted, assigned to: li")]


def test_loaded_fixtures_are_not_logged() -> None:
    user = make_user("")
    role = Group.objects.create(name="Archivist")
    rows = json.loads(serializers.serialize("json", [user, role]))
    rows[0]["fields"]["is_superuser"] = True
    last = audit.last_number()

    for row in serializers.deserialize("json", json.dumps(rows)):
        row.save()

    assert audit.actions_since(after=last) == []
    user.refresh_from_db()
    assert user.is_superuser


def test_request_without_an_account_does_not_fail() -> None:
    from django.contrib.auth import authenticate

    last = audit.last_number()

    authenticate(RequestFactory().get("/"), username="li", password="wrong")
    authenticate(None, username="li", password="wrong")
    authenticate(None, token="wrong")

    assert audit.actions_since(after=last) == [("login-failed", "li"), ("login-failed", "li"), ("login-failed", "")]
