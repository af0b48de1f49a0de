"""Nobody gives or takes over more than they may: every field of the form of an account, and every address by POST."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from postportal.roles import ADMINISTRATOR, ROLES
from postportal.staff.account_rights import grantable_groups, may_manage
from tests.factories import forms, staff

pytestmark = pytest.mark.django_db
PASSWORD = "grue-Mast-71-fen"


def group(name: str, *codenames: str) -> Group:
    row = Group.objects.create(name=name)
    row.permissions.set(Permission.objects.filter(codename__in=codenames))
    return row


def change_url(user: User) -> str:
    return reverse("admin:auth_user_change", args=[user.pk])


def post_change(browser: Client, user: User, **changes: Any) -> Any:
    fields = forms.fill_form(browser, change_url(user))
    return browser.post(change_url(user), {**fields, **changes})


def powerful_accounts() -> list[User]:
    """Return accounts that may do more than the built-in roles."""
    in_group, with_right = staff.account("Author"), staff.account("Author")
    in_group.groups.add(group("Owners", "delete_user"))
    with_right.user_permissions.add(Permission.objects.get(codename="add_group"))
    return [staff.account(is_superuser=True), in_group, with_right]


def test_administrator_gives_every_role_and_deactivates() -> None:
    browser, other = staff.sign_in(role=ADMINISTRATOR), staff.account("Author", is_active=True)
    roles = Group.objects.filter(name__in=["Publisher", ADMINISTRATOR])

    saved = post_change(browser, other, groups=[role.pk for role in roles], first_name="Li")
    fields = forms.fill_form(browser, change_url(other))
    fields.pop("is_active")
    browser.post(change_url(other), fields)

    other.refresh_from_db()
    assert (saved.status_code, other.first_name, other.is_active) == (302, "Li", False)
    assert set(other.groups.all()) == set(roles)


def test_administrator_gives_groups_that_allow_no_more_than_roles() -> None:
    user = staff.account(ADMINISTRATOR)
    archive, owners = group("Archivists", "view_article"), group("Owners", "view_article", "delete_user")

    assert set(grantable_groups(user)) == {*Group.objects.filter(name__in=ROLES), archive}
    assert owners in grantable_groups(staff.account(is_superuser=True))
    assert list(grantable_groups(staff.account("Editor"))) == []


@pytest.mark.parametrize(
    "field", ["is_superuser", "user_permissions", "groups", "password", "last_login", "date_joined", "id"]
)
@pytest.mark.parametrize("whose", ["own", "other", "new"])
def test_no_field_makes_an_administrator_more_powerful(field: str, whose: str) -> None:
    user = staff.account(ADMINISTRATOR, username="chief")
    other = staff.account("Author", username="other")
    admin = staff.account(is_superuser=True)
    owners = group("Owners", "delete_user")
    right = Permission.objects.get(codename="delete_user").pk
    values = {"is_superuser": "on", "user_permissions": [right], "groups": [owners.pk], "id": admin.pk}
    browser, value = staff.sign_in(user), values.get(field, "2000-01-01")

    if whose == "new":
        browser.post(reverse("admin:auth_user_add"), {"username": "new", "email": "n@post.example", field: value})
        target = User.objects.filter(username="new").first() or User(pk=0)
    else:
        target = user if whose == "own" else other
        before = User.objects.filter(pk=target.pk).values("password", "date_joined").get()
        post_change(browser, target, **{field: value})
        assert User.objects.filter(pk=target.pk).values("password", "date_joined").get() == before

    assert list(User.objects.filter(is_superuser=True)) == [admin]
    assert User.user_permissions.through.objects.count() == 0
    assert owners.user_set.count() == 0


def test_administrator_can_do_nothing_to_more_powerful_accounts() -> None:
    browser = staff.sign_in(role=ADMINISTRATOR)

    for target in powerful_accounts():
        url = change_url(target)
        passwords = {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
        statuses = [
            browser.get(url).status_code,
            browser.post(url, {"username": "mine", "email": "mine@post.example"}).status_code,
            browser.post(reverse("admin:auth_user_password_change", args=[target.pk]), passwords).status_code,
            browser.post(reverse("admin:auth_user_delete", args=[target.pk]), {"post": "yes"}).status_code,
            browser.post(reverse("admin:auth_user_invite", args=[target.pk])).status_code,
        ]
        assert statuses == [200, 403, 403, 403, 403]
        before = (target.username, target.password, target.email)
        target.refresh_from_db()
        assert (target.username, target.password, target.email) == before


def test_administrator_cannot_delete_accounts_or_change_groups() -> None:
    browser, other = staff.sign_in(role=ADMINISTRATOR), staff.account("Author")
    archive = group("Archivists", "view_article")
    selection = {"action": "delete_selected", "_selected_action": [other.pk], "post": "yes"}

    browser.post(reverse("admin:auth_user_changelist"), selection)
    statuses = [
        browser.post(reverse("admin:auth_user_delete", args=[other.pk]), {"post": "yes"}).status_code,
        browser.post(reverse("admin:auth_group_add"), {"name": "Owners"}).status_code,
        browser.post(reverse("admin:auth_group_change", args=[archive.pk]), {"name": "X"}).status_code,
    ]

    assert statuses == [403, 403, 403]
    assert User.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize("field", ["is_active", "is_staff", "groups", "is_superuser"])
@pytest.mark.parametrize("is_superuser", [False, True])
def test_nobody_locks_out_themselves(field: str, is_superuser: bool) -> None:
    user = staff.account(ADMINISTRATOR, is_superuser=is_superuser)
    browser = staff.sign_in(user)
    fields = forms.fill_form(browser, change_url(user))
    fields.pop(field, None)

    browser.post(change_url(user), fields)

    user.refresh_from_db()
    assert (user.is_active, user.is_staff, user.is_superuser) == (True, True, is_superuser)
    assert user.groups.filter(name=ADMINISTRATOR).exists()


def test_nobody_deletes_their_own_account() -> None:
    user = staff.account(is_superuser=True)
    browser = staff.sign_in(user)
    selection = {"action": "delete_selected", "_selected_action": [user.pk], "post": "yes"}

    statuses = [
        browser.post(reverse("admin:auth_user_changelist"), selection).status_code,
        browser.post(reverse("admin:auth_user_delete", args=[user.pk]), {"post": "yes"}).status_code,
    ]

    assert (statuses, User.objects.count()) == ([403, 403], 1)


def test_other_holders_of_the_permission_manage_only_weaker_accounts() -> None:
    """Whoever may change the email address of an account can become it by asking for a new password."""
    user = staff.account("Editor")
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "change_user"]))

    found = {role: may_manage(user, staff.account(role)) for role in ("Author", "Publisher", ADMINISTRATOR)}

    assert found == {"Author": True, "Publisher": False, ADMINISTRATOR: False}
    assert may_manage(user, user)
