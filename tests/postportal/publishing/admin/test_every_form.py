"""Every form of the staff side: the second of two editors overwrites nothing, and each save can be undone."""

from typing import Any

import pytest
from django import forms as django_forms
from django.apps import apps
from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import reverse

from news.models import Person
from postportal.pages.models import SiteSettings
from postportal.publishing.admin.conflicts import ConflictAdmin
from postportal.publishing.models import Publishable, Revision
from postportal.publishing.versions import revisions
from postportal.staff.permissions import change_url
from tests.factories import forms, news, staff
from tests.postportal.publishing.admin.two_editors import choose, proposals, save_form
from tests.postportal.staff.test_all_lists import FACTORIES, changelist_url

pytestmark = pytest.mark.django_db

# Forms in which the second save wins, each with the reason. A new admin is based on VersionedAdmin.
UNGUARDED = {
    "auth.group": "Only administrators change roles, whose permissions belong to the code.",
    "auth.user": "A version would keep passwords and permissions that were taken away.",
    "images.image": "Uses of a picture have no place in a version of it yet.",
    "pages.contactmessage": "Readers write messages; staff only mark them as answered.",
    "publishing.release": "Its steps refuse what changed, and its items have versions of their own.",
    "search.pinnedresult": "Its form has one field for two columns, which a version would name.",
    "taggit.tag": "One word, and its former URLs stay.",
}
MAKE = {**FACTORIES, "pages.sitesettings": lambda number: SiteSettings.load()}


# What an editor types where not every text is valid.
TYPED = {"pages.redirect": "/{}.htm", "search.synonym": "parcel, {}"}


def typed(label: str, word: str) -> str:
    return TYPED.get(label, "{}").format(word)


def changeable() -> list[str]:
    """Return the labels of all models whose rows an administrator can change in a form."""
    request = RequestFactory().get("/")
    request.user = _Administrator()  # type: ignore[assignment]
    return sorted(
        model._meta.label_lower
        for model, model_admin in admin.site._registry.items()
        if model_admin.has_change_permission(request)
    )


class _Administrator:
    is_active = is_staff = is_superuser = True
    pk = 0

    def has_perm(self, name: str, row: Any = None) -> bool:
        return True


def guarded() -> list[str]:
    return [label for label in changeable() if label not in UNGUARDED]


def text_field(page: Any) -> str:
    """Return the name of the first free text of the form."""
    return next(
        name
        for name, field in page.context["adminform"].form.fields.items()
        if type(field.widget).__name__ in {"AdminTextInputWidget", "TextInput", "ShortTextarea", "GrowingTextarea"}
        and isinstance(field, django_forms.CharField)
        and name not in {"slug", "path"}
    )


def open_twice(label: str) -> tuple[Any, str, list[tuple[Client, dict[str, Any]]]]:
    """Return a row, the name of a text of it, and two browsers with the data of its form."""
    row = MAKE[label](1)
    browsers = [staff.sign_in(), staff.sign_in()]
    pages = [browser.get(change_url(row)) for browser in browsers]
    opened = [(browser, forms.form_values(page)) for browser, page in zip(browsers, pages, strict=True)]
    return row, text_field(pages[0]), opened


def stored(row: Any, name: str) -> Any:
    """Return the text as editors see it."""
    return form_value(staff.sign_in().get(change_url(row)), name)


def form_value(page: Any, name: str) -> Any:
    return page.context["adminform"].form[name].value()


def test_every_form_is_guarded_or_says_why_not() -> None:
    registered = {model._meta.label_lower: each for model, each in admin.site._registry.items()}

    assert [label for label in guarded() if not isinstance(registered[label], ConflictAdmin)] == []
    assert [label for label in UNGUARDED if isinstance(registered[label], ConflictAdmin)] == []
    assert set(UNGUARDED) <= set(changeable())


@pytest.mark.parametrize("label", guarded())
def test_second_save_is_compared_with_the_first(label: str) -> None:
    row, name, [(first, their_fields), (second, my_fields)] = open_twice(label)

    save_form(first, row, their_fields, **{name: typed(label, "Theirs")})
    page = save_form(second, row, my_fields, **{name: typed(label, "Mine")})

    assert proposals(page) == {f"fields.{name}": None}
    assert stored(row, name) == typed(label, "Theirs")
    choose(second, row, page, **{f"fields__{name}": "mine"})
    assert stored(row, name) == typed(label, "Mine")
    assert [each.content["fields"][name] for each in Revision.objects.of(row).order_by("number")][-2:] == [
        typed(label, "Theirs"),
        typed(label, "Mine"),
    ]


@pytest.mark.parametrize("label", guarded())
def test_each_save_is_a_version_with_a_note_that_can_be_restored(label: str) -> None:
    row, name, [(first, fields), _] = open_twice(label)
    before = stored(row, name)

    save_form(first, row, fields, **{name: typed(label, "Changed"), "save_note": "A call from the desk."})

    found, saved = Revision.objects.of(row).order_by("number")
    assert (found.kind, found.content["fields"][name]) == ("found", before)
    assert (saved.kind, saved.content["fields"][name], saved.note) == (
        "saved",
        typed(label, "Changed"),
        "A call from the desk.",
    )
    history = reverse(f"admin:{label.replace('.', '_')}_history", args=[row.pk])
    compared = first.get(f"{history}compare/?old={found.number}&new={saved.number}")
    assert "A call from the desk." in first.get(history).content.decode()
    assert len(compared.context["differences"]) == 1
    answer = first.post(f"{history}{found.number}/restore/", {"_version": compared.context["version"]}, follow=True)
    assert answer.status_code == 200
    assert stored(row, name) == before


@pytest.mark.parametrize("label", guarded())
def test_save_without_a_change_is_no_version(label: str) -> None:
    row, _name, [(first, fields), _] = open_twice(label)

    save_form(first, row, fields)
    save_form(first, row, forms.fill_form(first, change_url(row)))

    assert list(Revision.objects.of(row).exclude(kind="found").values_list("number")) == []


@pytest.mark.parametrize("label", [label for label in guarded() if label != "pages.sitesettings"])
def test_deletion_and_list_action_spare_what_was_saved_since(label: str) -> None:
    row, name, [(first, fields), (second, _)] = open_twice(label)
    delete_url = reverse(f"admin:{label.replace('.', '_')}_delete", args=[row.pk])
    version = second.get(delete_url).context.get("version")
    selection = {**forms.selected_rows(row), "action": "delete_selected", "post": "yes"}

    save_form(first, row, fields, **{name: typed(label, "Theirs")})
    second.post(delete_url, {"post": "yes", "_version": version})
    second.post(changelist_url(label), selection)

    assert stored(row, name) == typed(label, "Theirs")


@pytest.mark.parametrize("label", [label for label in guarded() if not issubclass(apps.get_model(label), Publishable)])
def test_row_that_is_edited_in_place_is_changed_by_one_save(label: str) -> None:
    row, name, [(first, fields), _] = open_twice(label)

    save_form(first, row, fields, **{name: typed(label, "Corrected")})

    row.refresh_from_db()
    assert getattr(row, name) == typed(label, "Corrected")


def test_order_typed_into_the_list_is_in_the_history() -> None:
    row, browser = MAKE["pages.menuitem"](1), staff.sign_in()
    listed = browser.get(changelist_url("pages.menuitem")).context["cl"].formset
    fields = {field.html_name: field.value() for form in (listed.management_form, *listed.forms) for field in form}
    shown = {"initial-form-0-order": row.order}

    browser.post(changelist_url("pages.menuitem"), {**fields, **shown, "form-0-order": 55, "_save": "Save"})

    row.refresh_from_db()
    assert row.order == 55
    assert [each.content["fields"]["order"] for each in Revision.objects.of(row).order_by("number")] == [10, 55]


@pytest.mark.parametrize(("role", "may_restore"), [("Viewer", False), ("Author", False), ("Editor", True)])
def test_who_may_view_sees_the_history_and_who_may_change_restores(role: str, may_restore: bool) -> None:
    person, browser = news.person(given_name="Mei"), staff.sign_in(role=role)
    revisions.record_outside_change(person)
    Person.objects.update(given_name="Lan")
    history = reverse("admin:news_person_history", args=[person.pk])
    token = forms.delete_confirmation(person)["_version"]

    page = browser.get(history)
    compared = browser.get(f"{history}compare/?old=1&new=live")
    answer = browser.post(f"{history}1/restore/", {"_version": token})

    present = browser.post(reverse("admin:news_person_presence", args=[person.pk])).status_code
    person.refresh_from_db()
    assert present == (200 if may_restore else 403)
    assert (page.status_code, compared.status_code) == (200, 200)
    assert bool(compared.context["restorable"]) == may_restore
    assert (answer.status_code, person.given_name) == ((302, "Mei") if may_restore else (403, "Lan"))
