"""Saved filters: named searches of a list, for one person or for everybody who may view the list."""

import copy
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG, PAGE_VAR
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from postportal.staff.models import MAX_QUERY_LENGTH, MAX_SAVED_FILTERS, SavedFilter
from postportal.staff.permissions import can_view

# Of a page and not of a filter.
_IGNORED = {PAGE_VAR, ERROR_FLAG, "_popup", "_to_field"}


class SavedFilterForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    query = forms.CharField(max_length=MAX_QUERY_LENGTH)
    is_shared = forms.BooleanField(label=gettext_lazy("Share with everybody"), required=False)


def filter_query(parameters: Iterable[tuple[str, str]]) -> str:
    """Return the part of a query string that filters, searches and sorts a list."""
    return urlencode([(name, value) for name, value in parameters if name not in _IGNORED and value])


def list_filters(request: HttpRequest, model: Any) -> dict[str, Any]:
    """Return what a list shows of saved filters: those the user may use, and what to save now. Takes one query."""
    query = filter_query((name, value) for name, values in request.GET.lists() for value in values)
    known = list(SavedFilter.objects.for_list(model, request.user))
    content_type = ContentType.objects.get_for_model(model)
    current = next((row for row in known if row.query == query), None)
    return {
        "saved_filters": known,
        "saved_filter": current,
        "may_remove_filter": current and (current.user_id == request.user.pk or request.user.is_superuser),
        "filter_to_save": query if len(query) <= MAX_QUERY_LENGTH else "",
        "save_filter_url": reverse("admin:save_filter", args=[content_type.app_label, content_type.model]),
    }


def saved_filters_on_home(user: Any) -> list[SavedFilter]:
    """Return the user's filters and the shared ones of all lists that the user may view."""
    rows = SavedFilter.objects.usable_by(user).select_related("content_type").in_order()
    return [row for row in rows if (model := row.content_type.model_class()) and _is_viewable(user, model)]


def _is_viewable(user: Any, model: Any) -> bool:
    return admin.site.is_registered(model) and can_view(user, model)


@require_POST
def save_filter_view(request: Any, app_label: str, model_name: str) -> HttpResponse:
    content_type = get_object_or_404(ContentType, app_label=app_label, model=model_name)
    model = content_type.model_class()
    if model is None or not _is_viewable(request.user, model):
        raise PermissionDenied
    form = SavedFilterForm(request.POST)
    query = filter_query(parse_qsl(request.POST.get("query", "")[:MAX_QUERY_LENGTH]))
    is_usable = _is_usable(request, model, query=query)
    if problem := _problem(request, form, is_usable=is_usable):
        messages.error(request, problem)
    else:
        own = SavedFilter.objects.filter(user=request.user.pk)
        values = {"query": query, "is_shared": form.cleaned_data["is_shared"]}
        own.update_or_create(
            content_type=content_type, name=form.cleaned_data["name"], user=request.user, defaults=values
        )
        messages.success(request, _("The filter “%(name)s” was saved.") % {"name": form.cleaned_data["name"]})
    list_url = reverse(f"admin:{app_label}_{model_name}_changelist")
    return HttpResponseRedirect(f"{list_url}?{query}" if is_usable else list_url)


def _problem(request: Any, form: SavedFilterForm, *, is_usable: bool) -> str:
    """Return why the filter is not saved, or ""."""
    if not form.is_valid():
        too_long = _("This filter is too long to be saved. Filter by fewer values.")
        unnamed = _("The filter was not saved. Enter a name of at most 80 characters.")
        return unnamed if "name" in form.errors else too_long
    if not is_usable:
        return _("The filter is not valid, so it was not saved.")
    count = SavedFilter.objects.filter(user=request.user.pk).count()
    if count >= MAX_SAVED_FILTERS:
        return _("You have %(count)s saved filters. Remove one first.") % {"count": count}
    return ""


def _is_usable(request: Any, model: Any, *, query: str) -> bool:
    """Return True if the list takes the filter. One that leads to an error page could not be removed there, and a
    shared one would send everybody to it."""
    reading = copy.copy(request)
    reading.method, reading.GET = "GET", QueryDict(query)
    try:
        admin.site.get_model_admin(model).get_changelist_instance(reading)
    except (IncorrectLookupParameters, SuspiciousOperation, ValidationError, ValueError, OverflowError):
        return False
    return "%00" not in query


@require_POST
def remove_filter_view(request: HttpRequest, key: int) -> HttpResponse:
    """Remove an own filter; administrators also remove shared ones of others."""
    rows = SavedFilter.objects.all() if request.user.is_superuser else SavedFilter.objects.filter(user=request.user.pk)
    row = get_object_or_404(rows.select_related("content_type"), pk=key)
    row.delete()
    messages.success(request, _("The filter “%(name)s” was removed.") % {"name": row.name})
    return HttpResponseRedirect(row.list_url)
