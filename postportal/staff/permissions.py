"""Who may see and do what on the staff side, asked of kinds of rows rather than of single ones."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import quote
from django.db.models import Model
from django.urls import reverse


def has_model_permission(user: Any, right: str, model: type[Model]) -> bool:
    options = model._meta
    return bool(user.is_active and user.has_perm(f"{options.app_label}.{right}_{options.model_name}"))


def can_view(user: Any, model: type[Model]) -> bool:
    """As the stock admin has it: who may change may look."""
    return has_model_permission(user, "view", model) or has_model_permission(user, "change", model)


def viewable_models(user: Any, models: Iterable[type[Model]]) -> list[type[Model]]:
    """Those of the models that have a form and that the user may look at."""
    return [model for model in models if admin.site.is_registered(model) and can_view(user, model)]


def change_url(model: type[Model], pk: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[quote(pk)])
