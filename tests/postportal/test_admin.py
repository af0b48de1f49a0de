from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from postportal.roles import ROLES
from tests.factories import forms, staff

pytestmark = pytest.mark.django_db


def changed(browser: Any, user: User, **changes: Any) -> Any:
    address = reverse("admin:auth_user_change", args=[user.pk])
    return browser.post(address, {**forms.fill_form(browser, address), **changes})


def test_administrator_adds_an_account_with_a_role() -> None:
    browser = staff.sign_in()
    fields = {
        "username": "li",
        "usable_password": "true",
        "password1": "grue-Mast-71-fen",
        "password2": "grue-Mast-71-fen",
    }

    browser.post(reverse("admin:auth_user_add"), fields)
    user = User.objects.get(username="li")
    role = Group.objects.get(name="Editor")
    answer = changed(browser, user, is_staff="on", is_active="on", groups=[role.pk], first_name="Li")

    user.refresh_from_db()
    assert answer.status_code == 302
    assert (user.first_name, user.is_staff, list(user.groups.all())) == ("Li", True, [role])


@pytest.mark.parametrize("password", ["short-1", "password1234", "123456789012", "li-account-name"])
def test_weak_password_is_refused(password: str) -> None:
    fields = {"username": "li-account-name", "usable_password": "true", "password1": password, "password2": password}

    answer = staff.sign_in().post(reverse("admin:auth_user_add"), fields)

    assert list(answer.context["adminform"].form.errors) == ["password2"]


def manager() -> User:
    """Somebody who may change accounts without being an administrator."""
    user = staff.account("Editor")
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "change_user", "delete_user"]))
    return user


def test_nobody_gives_rights_they_do_not_have() -> None:
    user = manager()
    other = staff.account("Author")

    for target in (user, other):
        changed(staff.sign_in(user), target, is_superuser="on", groups=[Group.objects.get(name="Publisher").pk])

    assert User.objects.filter(is_superuser=True).count() == 0
    assert {name for row in (user, other) for name in row.groups.values_list("name", flat=True)} == {"Editor", "Author"}


def test_administrators_are_out_of_reach_for_others() -> None:
    admin = staff.account(is_superuser=True)
    browser = staff.sign_in(manager())

    statuses = [
        browser.post(reverse("admin:auth_user_change", args=[admin.pk]), {"username": "x"}).status_code,
        browser.post(reverse("admin:auth_user_delete", args=[admin.pk]), {"post": "yes"}).status_code,
        browser.post(reverse("admin:auth_user_password_change", args=[admin.pk]), {}).status_code,
    ]

    assert statuses == [403, 403, 403]


def test_list_names_the_roles_of_each_account() -> None:
    user = staff.account("Editor")
    user.groups.add(Group.objects.get(name="Author"))

    page = staff.sign_in().get(reverse("admin:auth_user_changelist")).content.decode()

    assert '<td class="field-roles">Author, Editor</td>' in page


def group_address(name: str, page: str = "change") -> str:
    return reverse(f"admin:auth_group_{page}", args=[Group.objects.get(name=name).pk])


def test_group_form_lists_the_rights_in_one_field() -> None:
    Group.objects.create(name="Archivist")

    form = staff.sign_in().get(group_address("Archivist")).context["adminform"].form

    assert form.fields["permissions"].widget.attrs["size"] == 20


def test_administrator_adds_changes_and_deletes_a_group_of_their_own() -> None:
    browser = staff.sign_in()
    right = Permission.objects.get(codename="view_article")

    browser.post(reverse("admin:auth_group_add"), {"name": "Archivist"})
    browser.post(group_address("Archivist"), {"name": "Archivist", "permissions": [right.pk]})
    assert list(Group.objects.get(name="Archivist").permissions.all()) == [right]

    browser.post(group_address("Archivist", "delete"), {"post": "yes"})
    assert not Group.objects.filter(name="Archivist").exists()


def test_role_is_shown_and_says_why_nobody_changes_it(django_assert_max_num_queries: Any) -> None:
    browser = staff.sign_in()
    address = group_address("Philatelist")

    with django_assert_max_num_queries(12):
        page = browser.get(address).content.decode()

    assert "This role comes with PostPortal and cannot be changed or deleted here." in page
    assert "<li>Can add stamp issue</li>" in page
    assert 'name="name"' not in page
    assert 'name="_save"' not in page


def test_role_is_neither_changed_nor_deleted_by_address() -> None:
    browser = staff.sign_in()
    before = set(Group.objects.get(name="Viewer").permissions.all())
    ticked = [str(pk) for pk in Group.objects.filter(name="Viewer").values_list("pk", flat=True)]
    selection = {"action": "delete_selected", "_selected_action": ticked, "post": "yes"}

    statuses = [
        browser.post(group_address("Viewer"), {"name": "Looker", "permissions": []}).status_code,
        browser.post(group_address("Viewer", "delete"), {"post": "yes"}).status_code,
        browser.post(reverse("admin:auth_group_changelist"), selection).status_code,
    ]

    assert statuses == [403, 403, 403]
    assert set(Group.objects.get(name="Viewer").permissions.all()) == before


def test_list_of_groups_tells_roles_from_the_operators_own() -> None:
    Group.objects.create(name="Archivist")

    page = staff.sign_in().get(reverse("admin:auth_group_changelist")).content.decode()

    assert (page.count("icon-yes.svg"), page.count("icon-no.svg")) == (len(ROLES), 1)
