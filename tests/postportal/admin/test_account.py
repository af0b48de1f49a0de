from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from postportal.roles import ROLES
from tests.factories import forms, staff

pytestmark = pytest.mark.django_db


def post_change(browser: Any, user: User, **changes: Any) -> Any:
    url = reverse("admin:auth_user_change", args=[user.pk])
    return browser.post(url, {**forms.fill_form(browser, url), **changes})


def invite(browser: Any, **fields: Any) -> Any:
    names = {"username": "li", "email": "li@post.example", "first_name": "Li", "last_name": "Na"}
    return browser.post(reverse("admin:auth_user_add"), {**names, **fields})


def test_administrator_adds_an_account_with_a_role() -> None:
    role = Group.objects.get(name="Editor")

    answer = invite(staff.sign_in(), groups=[role.pk])

    user = User.objects.get(username="li")
    assert answer.status_code == 302
    assert (user.first_name, user.is_staff, user.is_superuser, list(user.groups.all())) == ("Li", True, False, [role])
    assert not user.has_usable_password()


@pytest.mark.parametrize("fields", [{"email": ""}, {"email": "not an address"}, {"email": "TAKEN@post.example"}])
def test_new_account_needs_an_email_address_of_its_own(fields: dict[str, str]) -> None:
    staff.account(email="taken@post.example")

    answer = invite(staff.sign_in(), **fields)

    assert list(answer.context["adminform"].form.errors) == ["email"]


@pytest.mark.parametrize("password", ["short-1", "password1234", "123456789012", "li-account-name"])
def test_weak_password_is_refused(password: str) -> None:
    user = staff.account(username="li-account-name")
    fields = {"usable_password": "true", "password1": password, "password2": password}

    answer = staff.sign_in().post(reverse("admin:auth_user_password_change", args=[user.pk]), fields)

    assert list(answer.context["form"].errors) == ["password2"]


def manager() -> User:
    """Make a user who may change accounts without being an administrator."""
    user = staff.account("Editor")
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "change_user", "delete_user"]))
    return user


def test_nobody_can_give_permissions_they_do_not_have() -> None:
    user = manager()
    other = staff.account("Author")

    for target in (user, other):
        post_change(staff.sign_in(user), target, is_superuser="on", groups=[Group.objects.get(name="Publisher").pk])

    assert User.objects.filter(is_superuser=True).count() == 0
    assert {name for row in (user, other) for name in row.groups.values_list("name", flat=True)} == {"Editor", "Author"}


def test_only_administrators_can_change_administrators() -> None:
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


def group_url(name: str, page: str = "change") -> str:
    return reverse(f"admin:auth_group_{page}", args=[Group.objects.get(name=name).pk])


def test_group_form_has_one_field_for_permissions() -> None:
    Group.objects.create(name="Archivist")

    form = staff.sign_in().get(group_url("Archivist")).context["adminform"].form

    assert form.fields["permissions"].widget.attrs["size"] == 20


def test_administrator_adds_changes_and_deletes_a_group_of_their_own() -> None:
    browser = staff.sign_in()
    permission = Permission.objects.get(codename="view_article")

    browser.post(reverse("admin:auth_group_add"), {"name": "Archivist"})
    url = group_url("Archivist")
    browser.post(url, forms.fill_form(browser, url, permissions=[permission.pk]))
    assert list(Group.objects.get(name="Archivist").permissions.all()) == [permission]

    browser.post(group_url("Archivist", "delete"), {"post": "yes"})
    assert not Group.objects.filter(name="Archivist").exists()


def test_role_is_read_only_with_an_explanation(django_assert_max_num_queries: Any) -> None:
    browser = staff.sign_in()
    url = group_url("Philatelist")

    with django_assert_max_num_queries(12):
        page = browser.get(url).content.decode()

    assert "This role is built into PostPortal and cannot be changed or deleted." in page
    assert "<li>Can add stamp issue</li>" in page
    assert 'name="name"' not in page
    assert 'name="_save"' not in page


def test_role_cannot_be_changed_or_deleted_by_url() -> None:
    browser = staff.sign_in()
    before = set(Group.objects.get(name="Viewer").permissions.all())
    selected = [str(pk) for pk in Group.objects.filter(name="Viewer").values_list("pk", flat=True)]
    selection = {"action": "delete_selected", "_selected_action": selected, "post": "yes"}

    statuses = [
        browser.post(group_url("Viewer"), {"name": "Looker", "permissions": []}).status_code,
        browser.post(group_url("Viewer", "delete"), {"post": "yes"}).status_code,
        browser.post(reverse("admin:auth_group_changelist"), selection).status_code,
    ]

    assert statuses == [403, 403, 403]
    assert set(Group.objects.get(name="Viewer").permissions.all()) == before


def test_list_tells_roles_from_other_groups() -> None:
    Group.objects.create(name="Archivist")

    page = staff.sign_in().get(reverse("admin:auth_group_changelist")).content.decode()

    assert (page.count("icon-yes.svg"), page.count("icon-no.svg")) == (len(ROLES), 1)
