"""The way from a public page to its form in the admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from postportal.web.caching import has_session

EDIT_LINK_LABEL = _("Edit this page")


def edit_url(request: HttpRequest, row: Any) -> str:
    """Return the address of the row's form for staff who may change it, else ""."""
    if not has_session(request) or not request.user.is_staff:
        return ""
    options = row._meta
    if not request.user.has_perm(f"{options.app_label}.change_{options.model_name}"):
        return ""
    try:
        return reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[row.pk])
    except NoReverseMatch:
        return ""
