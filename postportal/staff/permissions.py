"""Permissions on the staff side for models, and for rows as far as accounts are limited to some of them."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import quote
from django.contrib.auth.models import User
from django.db.models import Model
from django.urls import reverse

from postportal.staff.row_limits import is_within_limits, unlimited_accounts

# The permission of those who may change a row only with a second person. It has no effect on models without proposals.
PROPOSE = "propose"


def has_model_permission(user: Any, action: str, model: Model | type[Model]) -> bool:
    """Return True if the user has the permission for `action`, for example "change", on the model of a row or class.
    For a row, the limits of the account count as well, unless it is only viewed."""
    options = model._meta
    has_permission = bool(user.is_active and user.has_perm(f"{options.app_label}.{action}_{options.model_name}"))
    if not has_permission or action == "view" or not isinstance(model, Model):
        return has_permission
    return is_within_limits(user, model)


def accounts_with_permission(action: str, model: Model | type[Model]) -> Any:
    """Return the active staff accounts with the permission for `action` on the model of a row or class."""
    options = model._meta
    permission = f"{options.app_label}.{action}_{options.model_name}"
    accounts = User.objects.with_perm(permission, backend="django.contrib.auth.backends.ModelBackend")
    if isinstance(model, Model):
        accounts = unlimited_accounts(accounts, model)
    return accounts.filter(is_staff=True).order_by("first_name", "last_name", "username")


def can_view(user: Any, model: type[Model]) -> bool:
    """Return True if the user may view or change rows of the model, as the stock admin defines it."""
    return has_model_permission(user, "view", model) or has_model_permission(user, "change", model)


def viewable_models(user: Any, models: Iterable[type[Model]]) -> list[type[Model]]:
    """Return those of the models that are in the admin and that the user may view."""
    return [model for model in models if admin.site.is_registered(model) and can_view(user, model)]


def change_url(row: Model) -> str:
    """Return the URL of the admin form of a row."""
    return change_url_for(type(row), row.pk)


def change_url_for(model: type[Model], pk: Any) -> str:
    """Return the URL of the admin form of the row with this primary key."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[quote(pk)])
