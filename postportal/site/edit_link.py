"""Link from a public page to the admin form of its row."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.translation import gettext_lazy as _

from postportal.staff.permissions import change_url
from postportal.web.caching import has_session

EDIT_LINK_LABEL = _("Edit this page")


def edit_url(request: HttpRequest, row: Any) -> str:
    """Return the URL of the row's admin form if the user may change it, else ""."""
    if not has_session(request) or not request.user.is_staff:
        return ""
    options = row._meta
    if not request.user.has_perm(f"{options.app_label}.change_{options.model_name}"):
        return ""
    try:
        return change_url(row)
    except NoReverseMatch:
        return ""
