"""Fields that nobody can set by posting a form, and that viewers cannot set any."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import models, transaction
from django.urls import reverse

from postportal.pages.models import MenuItem
from postportal.publishing.models import Publishable
from postportal.text.fields import FoldedField
from tests.factories import forms, pages, staff
from tests.postportal.permissions.test_item_permissions import account
from tests.postportal.permissions.test_model_permissions import EXPECTED, ROLES, row_of
from tests.postportal.staff.test_list_edits import LIST, list_form_values

pytestmark = [pytest.mark.django_db, pytest.mark.once]
# Set by steps of the workflow.
WORKFLOW_FIELDS = (
    "state publish_at withdrawal_reason withdrawn_at changed_at change_note created_at created_by modified_at"
)
HIDDEN_FIELDS = {
    "documents.document": "created_at kind modified_at pages sha256 size text text_file uploaded_at",
    "images.image": "created_at height modified_at renditions source_sha256 width",
    "news.appointment": "begins_by ends_before held_from key is_sole lasts_until release",
    "news.article": f"{WORKFLOW_FIELDS} body_text external_id import_fingerprint translated_version",
    "news.handover": "due_at expire_at failure made_at planned_by release",
    "news.organization": "description_text ended_before release sort_key",
    "news.person": "biography_text letter name release sort_key",
    "news.position": "key",
    "news.plannedchange": "due_at expire_at failure made_at planned_by release",
    "pages.contactmessage": "email language mailed_at message name sent_at topic",
    "pages.page": f"{WORKFLOW_FIELDS} body_text translated_version",
    "pages.redirect": "created_at",
    "pages.servicenotice": "key release translated_version",
    "publishing.release": "created_at created_by due_at failure published_at published_by stage",
    # One form field sets both the kind and the primary key of the result.
    "search.pinnedresult": "kind object_id query_terms",
    "services.hotline": "release texts_change_at",
    "services.service": "description_text",
    "services.stampissue": f"{WORKFLOW_FIELDS} body_text serial serial_spellings warning_count",
}
# Changes with every save.
AUTOMATIC = {"modified_at", "planned_by"}
# Django tests its own forms.
EDITABLE = [label for label, cells in EXPECTED.items() if "c" in "".join(cells) and not label.startswith("auth.")]
NAME_FIELDS = {
    "news.article": "title",
    "pages.page": "title",
    "services.stampissue": "title",
    "publishing.release": "name",
}


def change_url(row: models.Model) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def forged_values(model: Any, names: set[str], *, by: User) -> dict[str, Any]:
    """Return a different value for each of the fields, as a browser would send it."""
    return {name: _forged_value(model._meta.get_field(name), by) for name in names if name != "id"}


def _forged_value(field: Any, by: User) -> Any:
    if field.choices:
        return field.choices[-1][0]
    if isinstance(field, models.DateTimeField | models.DateField):
        return "1999-01-01T00:00:00" if isinstance(field, models.DateTimeField) else "1999-01-01"
    if isinstance(field, models.ForeignKey):
        return by.pk
    return "7" if isinstance(field, models.IntegerField) else "Forged"


def stored_values(row: models.Model) -> dict[str, Any]:
    stored = type(row)._default_manager.get(pk=row.pk)
    return {field.name: field.value_from_object(stored) for field in stored._meta.concrete_fields}


def hidden_fields(label: str) -> set[str]:
    columns = apps.get_model(label)._meta.concrete_fields
    folded = {field.name for field in columns if isinstance(field, FoldedField)}
    return folded | set(HIDDEN_FIELDS.get(label, "").split())


@pytest.mark.parametrize("label", EDITABLE)
def test_form_sets_every_field_but_those_of_the_table_and_ignores_others(label: str) -> None:
    row, chief = row_of(label), staff.sign_in()
    page = chief.get(change_url(row))
    before, fields = stored_values(row), forms.form_values(page)
    names, hidden = set(before), hidden_fields(label)

    assert names - {"id"} - set(page.context["adminform"].form.fields) == hidden
    for role, letters in zip(ROLES, EXPECTED[label], strict=True):
        with transaction.atomic():
            actor = account(role)
            forged = forged_values(type(row), hidden, by=actor)
            answer = staff.sign_in(actor).post(change_url(row), {**fields, **forged})
            after = stored_values(row)
            transaction.set_rollback(True)
        may_change = "c" in letters
        # Users who may change only their own drafts are redirected, and the data becomes an autosave.
        assert answer.status_code in ({302} if may_change else {302, 403}), (role, _form_errors(answer))
        for name in hidden - AUTOMATIC if may_change else names:
            assert after[name] == before[name], (role, name)


@pytest.mark.parametrize("label", NAME_FIELDS)
def test_new_item_is_a_draft_of_its_author(label: str) -> None:
    model = next(model for model in admin.site._registry if model._meta.label_lower == label)
    url = reverse(f"admin:{label.replace('.', '_')}_add")
    fields = forms.fill_form(staff.sign_in(), url, **{NAME_FIELDS[label]: "Hush", "slug": "hush", "path": "hush"})
    for role, letters in zip(ROLES, EXPECTED[label], strict=True):
        with transaction.atomic():
            actor = account(role)
            staff.sign_in(actor).post(url, {**fields, **forged_values(model, hidden_fields(label), by=account(""))})
            created = [(_stage(row), row.created_by, _published_at(row)) for row in model._default_manager.all()]
            transaction.set_rollback(True)
        assert created == ([("draft", actor, None)] if "a" in letters else []), role


def _stage(row: Any) -> str:
    return str(row.state if isinstance(row, Publishable) else row.stage)


def _published_at(row: Any) -> Any:
    return row.publish_at if isinstance(row, Publishable) else row.published_at


def test_list_can_be_edited_only_with_the_change_permission() -> None:
    item = pages.menu_item(order=1)
    fields = {**list_form_values(staff.sign_in()), "form-0-order": 5}
    allowed = ""
    for role in ROLES:
        with transaction.atomic():
            staff.sign_in(account(role)).post(LIST, fields)
            allowed += "c" if MenuItem.objects.get(pk=item.pk).order == 5 else "-"
            transaction.set_rollback(True)

    assert allowed == "".join("c" if "c" in cell else "-" for cell in EXPECTED["pages.menuitem"])


def _form_errors(answer: Any) -> Any:
    return answer.context["adminform"].form.errors if answer.status_code == 200 and answer.context else ""
