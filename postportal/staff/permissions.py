"""Permissions on the staff side for whole models rather than for single rows."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import quote
from django.db.models import Model
from django.urls import reverse


def has_model_permission(user: Any, action: str, model: Model | type[Model]) -> bool:
    """Return True if the user has the permission for `action`, for example "change", on the model of a row or class."""
    options = model._meta
    return bool(user.is_active and user.has_perm(f"{options.app_label}.{action}_{options.model_name}"))


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
