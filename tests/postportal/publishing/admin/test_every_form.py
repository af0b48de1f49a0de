"""Every form of the staff side: the second of two editors overwrites nothing, and each save can be undone."""

from typing import Any

import pytest
from django import forms as django_forms
from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import reverse

from news.models import Person
from postportal.pages.models import SiteSettings
from postportal.publishing.admin.conflicts import ConflictAdmin
from postportal.publishing.models import Publishable, Revision
from postportal.publishing.versions import revisions
from postportal.staff.compared_forms import ComparedFormAdmin
from postportal.staff.permissions import change_url
from tests.factories import forms, news, staff
from tests.postportal.publishing.admin.two_editors import choose, proposals
from tests.postportal.staff.test_all_lists import FACTORIES, changelist_url

pytestmark = pytest.mark.django_db

# Rows without versions, each with the reason. Their forms compare field by field: tests/postportal/staff has the tests.
# A new admin is based on VersionedAdmin.
WITHOUT_VERSIONS = {
    "auth.group": "Only administrators change roles, whose permissions belong to the code.",
    "auth.user": "A version would keep passwords and permissions that were taken away.",
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
    return [label for label in changeable() if label not in WITHOUT_VERSIONS]


def text_field(page: Any) -> str:
    """Return the name of the first free text of the form."""
    return next(
        name
        for name, field in page.context["adminform"].form.fields.items()
        if type(field.widget).__name__ in {"AdminTextInputWidget", "TextInput", "ShortTextarea", "GrowingTextarea"}
        and isinstance(field, django_forms.CharField)
        and name not in {"slug", "path"}
    )


def open_form(row: Any) -> tuple[Client, str, dict[str, Any]]:
    """Return a browser with the form of the row, the name of a text in it, and the data of the form."""
    browser = staff.sign_in()
    page = browser.get(change_url(row))
    return browser, text_field(page), forms.form_values(page)


def save(browser: Client, row: Any, fields: dict[str, Any], **changes: Any) -> Any:
    return browser.post(change_url(row), {**fields, "_continue": "1", **changes})


def stored(row: Any, name: str) -> Any:
    """Return the text as editors see it."""
    # Site settings are only stored with their first change.
    newest = type(row)._default_manager.filter(pk=row.pk).first() or row
    return revisions.current_content(newest)["fields"][name]


def form_value(page: Any, name: str) -> Any:
    return page.context["adminform"].form[name].value()


def test_every_form_is_guarded() -> None:
    registered = {model._meta.label_lower: each for model, each in admin.site._registry.items()}

    assert [label for label in guarded() if not isinstance(registered[label], ConflictAdmin)] == []
    assert [label for label in WITHOUT_VERSIONS if not isinstance(registered[label], ComparedFormAdmin)] == []
    assert set(WITHOUT_VERSIONS) <= set(changeable())


@pytest.mark.parametrize("label", guarded())
def test_second_save_is_compared_with_the_first_and_deletion_and_list_action_spare_it(label: str) -> None:
    row = MAKE[label](1)
    (first, name, their_fields), (second, _name, my_fields) = open_form(row), open_form(row)
    delete_url = reverse(f"admin:{label.replace('.', '_')}_delete", args=[row.pk])
    may_delete = label != "pages.sitesettings"
    version = second.get(delete_url).context.get("version") if may_delete else None
    selection = {**forms.selected_rows(row), "action": "delete_selected", "post": "yes"}

    save(first, row, their_fields, **{name: typed(label, "Theirs")})
    if may_delete:
        second.post(delete_url, {"post": "yes", "_version": version})
        second.post(changelist_url(label), selection)
    assert stored(row, name) == typed(label, "Theirs")

    page = save(second, row, my_fields, **{name: typed(label, "Mine")})
    assert proposals(page) == {f"fields.{name}": None}
    assert stored(row, name) == typed(label, "Theirs")
    choose(second, row, page, **{f"fields__{name}": "mine"})
    assert form_value(second.get(change_url(row)), name) == stored(row, name) == typed(label, "Mine")
    assert [each.content["fields"][name] for each in Revision.objects.of(row).order_by("number")][-2:] == [
        typed(label, "Theirs"),
        typed(label, "Mine"),
    ]


@pytest.mark.parametrize("label", guarded())
def test_each_save_with_a_change_is_a_version_with_a_note_that_can_be_restored(label: str) -> None:
    row = MAKE[label](1)
    browser, name, fields = open_form(row)
    before = stored(row, name)

    save(browser, row, fields)
    fields = forms.fill_form(browser, change_url(row))
    save(browser, row, fields)
    assert list(Revision.objects.of(row).exclude(kind="found").values_list("number")) == []

    save(browser, row, fields, **{name: typed(label, "Changed"), "save_note": "A call from the desk."})
    found, saved = Revision.objects.of(row).order_by("number")
    assert (found.kind, found.content["fields"][name]) == ("found", before)
    assert (saved.kind, saved.content["fields"][name], saved.note) == (
        "saved",
        typed(label, "Changed"),
        "A call from the desk.",
    )
    if not isinstance(row, Publishable):
        # Edited in place: one save changes what readers see.
        row.refresh_from_db()
        assert getattr(row, name) == typed(label, "Changed")

    history = reverse(f"admin:{label.replace('.', '_')}_history", args=[row.pk])
    compared = browser.get(f"{history}compare/?old={found.number}&new={saved.number}")
    assert "A call from the desk." in browser.get(history).content.decode()
    assert len(compared.context["differences"]) == 1
    answer = browser.post(f"{history}{found.number}/restore/", {"_version": compared.context["version"]}, follow=True)
    assert answer.status_code == 200
    assert stored(row, name) == before


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
    # Authors type into the form as well: they propose.
    assert present == (403 if role == "Viewer" else 200)
    assert (page.status_code, compared.status_code) == (200, 200)
    assert bool(compared.context["restorable"]) == may_restore
    assert (answer.status_code, person.given_name) == ((302, "Mei") if may_restore else (403, "Lan"))
