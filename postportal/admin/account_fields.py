"""Fields that other apps add to the form of an account."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms

from postportal.audit.actions import Action
from postportal.audit.log import log_action


@dataclass(frozen=True)
class AccountField:
    """A field of the form of an account, for those who may give roles."""

    name: str
    make: Callable[[], forms.Field]
    read: Callable[[Any], Any]
    # Stores the value; returns what the audit log says of a change, "" without one.
    write: Callable[[Any, Any], str]


account_fields: list[AccountField] = []


def register_account_field(field: AccountField) -> None:
    account_fields.append(field)


def with_account_fields(form: type[forms.ModelForm], *, account: Any) -> type[forms.ModelForm]:
    """Return the form with the registered fields, filled in for the account."""
    fields = {}
    for field in account_fields:
        fields[field.name] = field.make()
        fields[field.name].initial = field.read(account)
    return type(form.__name__, (form,), fields)


def save_account_fields(form: forms.ModelForm, *, request: Any) -> None:
    """Store the registered fields that the form has, and log what has changed."""
    for field in account_fields:
        if field.name in form.cleaned_data and (change := field.write(form.instance, form.cleaned_data[field.name])):
            log_action(Action.PERMISSION_CHANGE, request=request, item=form.instance, detail=change)
