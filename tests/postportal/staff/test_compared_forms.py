"""Two people with the same form of a row without versions: an account, a role, a release, a tag."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone

from postportal.staff.permissions import change_url
from tests.factories import forms, staff
from tests.postportal.publishing.admin.test_every_form import MAKE, WITHOUT_VERSIONS
from tests.postportal.publishing.admin.two_editors import save_form

pytestmark = pytest.mark.django_db

TEXTS = {
    "auth.group": "name",
    "auth.user": "last_name",
    "publishing.release": "name",
    "search.pinnedresult": "queries",
    "taggit.tag": "name",
}


def open_twice(row: Any) -> tuple[Client, Client, dict[str, Any]]:
    first, second = staff.sign_in(), staff.sign_in()
    return first, second, forms.fill_form(second, change_url(row))


def choose(browser: Client, row: Any, page: Any, **choices: str) -> Any:
    hidden = {"_mine": page.context["my_data"], "_version": page.context["version"]}
    sides = {f"choice:{name}": side for name, side in choices.items()}
    return browser.post(change_url(row), {**hidden, **sides}, follow=True)


def proposals(page: Any) -> dict[str, tuple[str, str, str]]:
    return {field.name: (field.theirs, field.mine, field.choice) for field in page.context["compared"]}


def test_text_of_each_is_tested() -> None:
    assert {*TEXTS, "pages.contactmessage"} == set(WITHOUT_VERSIONS)


@pytest.mark.parametrize("label", sorted(TEXTS))
def test_second_editor_chooses_between_both_versions(label: str) -> None:
    row, name = MAKE[label](1), TEXTS[label]
    first, second, fields = open_twice(row)

    save_form(first, row, fields, **{name: "Theirs"})
    page = save_form(second, row, fields, **{name: "Mine"})

    assert proposals(page) == {name: ("Theirs", "Mine", "")}
    row.refresh_from_db()
    assert getattr(row, name) == "Theirs"
    choose(second, row, page, **{name: "mine"})
    row.refresh_from_db()
    assert getattr(row, name) == "Mine"


def test_what_only_the_other_person_changed_is_proposed_and_kept() -> None:
    account = staff.account("Editor")
    role = Group.objects.get(name="Viewer")
    first, second, fields = open_twice(account)

    save_form(first, account, fields, groups=[role.pk], email="new@post.example", is_active="")
    page = save_form(second, account, fields, last_name="Mine")

    assert set(proposals(page)) == {"groups", "email", "is_active"}
    assert {choice for _theirs, _mine, choice in proposals(page).values()} == {"theirs"}
    assert proposals(page)["groups"][:2] == ("Viewer", "Editor")
    choose(second, account, page, groups="theirs", email="theirs", is_active="theirs")
    account.refresh_from_db()
    assert (account.last_name, account.email, account.is_active) == ("Mine", "new@post.example", False)
    assert [group.name for group in account.groups.all()] == ["Viewer"]


def test_third_change_while_choosing_is_shown_again() -> None:
    role = MAKE["auth.group"](1)
    first, second, fields = open_twice(role)
    save_form(first, role, fields, name="Theirs")
    page = save_form(second, role, fields, name="Mine")

    save_form(first, role, forms.fill_form(first, change_url(role)), name="Third")
    page = choose(second, role, page, name="mine")

    assert proposals(page) == {"name": ("Third", "Mine", "")}


def test_message_that_was_answered_meanwhile_is_compared() -> None:
    message = MAKE["pages.contactmessage"](1)
    _first, second, fields = open_twice(message)

    type(message).objects.filter(pk=message.pk).update(answered_at=timezone.now())
    page = save_form(second, message, fields)

    assert [field.choice for field in page.context["compared"]] == ["theirs"]
    choose(second, message, page, answered_at="theirs")
    message.refresh_from_db()
    assert message.answered_at is not None


def test_same_change_and_no_change_are_saved_without_a_question() -> None:
    role = MAKE["auth.group"](1)
    first, second, fields = open_twice(role)

    save_form(first, role, fields, name="Same")
    page = save_form(second, role, fields, name="Same")

    assert "compared" not in page.context
    assert page.status_code == 200


@pytest.mark.parametrize("mark", [None, "", "x", "forged:x:y"])
def test_form_without_the_signed_mark_of_what_it_showed_is_refused_and_keeps_what_was_typed(mark: str | None) -> None:
    role = MAKE["auth.group"](1)
    first, second, fields = open_twice(role)
    save_form(first, role, fields, name="Theirs")
    fields.pop("_version")

    page = save_form(second, role, {**fields, **({} if mark is None else {"_version": mark})}, name="Mine")

    role.refresh_from_db()
    text = page.content.decode()
    assert (role.name, "They differ from what is saved in: Name." in text, 'value="Mine"' in text) == (
        *("Theirs", True, True),
    )
    # With the fresh mark, and knowing what is stored.
    save_form(second, role, {**fields, "_version": page.context["version"]}, name="Mine")
    role.refresh_from_db()
    assert role.name == "Mine"


def test_form_without_a_mark_is_refused_where_child_rows_changed_only() -> None:
    tag = MAKE["taggit.tag"](1)
    _first, second, fields = open_twice(tag)

    page = save_form(second, tag, {**fields, "_version": ""})

    assert "Nothing was saved, because the page did not say which values it had shown." in page.content.decode()


def test_new_row_needs_no_mark() -> None:
    browser = staff.sign_in()

    browser.post("/admin/auth/group/add/", {"name": "Night desk"})

    assert Group.objects.filter(name="Night desk").exists()


def test_page_names_who_saved_and_when_since_the_form_was_opened() -> None:
    role = MAKE["auth.group"](1)
    first, second, fields = open_twice(role)
    name = User.objects.get(pk=first.session["_auth_user_id"]).get_username()

    save_form(first, role, fields, name="Theirs")
    page = save_form(second, role, fields, name="Mine")
    fields = forms.fill_form(second, change_url(role))
    Group.objects.filter(pk=role.pk).update(name="By a script")
    unknown = save_form(second, role, fields, name="Mine")

    entry = LogEntry.objects.latest("pk")
    assert (page.context["name"], page.context["saved_at"]) == (name, entry.action_time)
    assert f"{name} saved “Theirs” after you opened it: " in " ".join(page.content.decode().split())
    assert (unknown.context["name"], unknown.context["saved_at"]) == ("", None)
    assert "“By a script” was changed after you opened it." in unknown.content.decode()
