"""Saved filters: named searches of a list, for one person or for everybody who may view the list."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG, PAGE_VAR
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from postportal.staff.form_state import get_copy
from postportal.staff.models import MAX_QUERY_LENGTH, MAX_SAVED_FILTERS, SavedFilter
from postportal.staff.permissions import can_view

# Of a page and not of a filter.
_IGNORED = {PAGE_VAR, ERROR_FLAG, "_popup", "_to_field"}


# What the button sends that saves the filter: the form goes to the list itself, which shows it again if it is refused.
SAVE = "_save_filter"


class SavedFilterForm(forms.Form):
    """Asks for the name of a filter. One of the same name and list is replaced."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    is_shared = forms.BooleanField(label=gettext_lazy("Share with everybody"), required=False)

    def __init__(self, data: Any = None, *, user: Any, model: Any) -> None:
        super().__init__(data, auto_id="id_filter_%s")
        self.user, self.content_type = user, ContentType.objects.get_for_model(model)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        own = SavedFilter.objects.filter(user=self.user.pk)
        others = own.exclude(content_type=self.content_type, name=cleaned.get("name", ""))
        if others.count() >= MAX_SAVED_FILTERS:
            raise ValidationError(
                _("You have %(count)s saved filters. Remove one first."), params={"count": MAX_SAVED_FILTERS}
            )
        return cleaned


def filter_query(parameters: Iterable[tuple[str, str]]) -> str:
    """Return the part of a query string that filters, searches and sorts a list."""
    return urlencode([(name, value) for name, value in parameters if name not in _IGNORED and value])


def list_filters(request: HttpRequest, model: Any) -> dict[str, Any]:
    """Return what a list shows of saved filters: those the user may use, and what to save now. Takes one query."""
    query = _query_of(request)
    known = list(SavedFilter.objects.for_list(model, request.user))
    current = next((row for row in known if row.query == query), None)
    return {
        "saved_filters": known,
        "saved_filter": current,
        "may_remove_filter": current and (current.user_id == request.user.pk or request.user.is_superuser),
        "filter_to_save": query if len(query) <= MAX_QUERY_LENGTH else "",
        "filter_form": SavedFilterForm(user=request.user, model=model),
    }


def _query_of(request: HttpRequest) -> str:
    return filter_query((name, value) for name, values in request.GET.lists() for value in values)


def saved_filters_on_home(user: Any) -> list[SavedFilter]:
    """Return the user's filters and the shared ones of all lists that the user may view."""
    rows = SavedFilter.objects.usable_by(user).select_related("content_type").in_order()
    return [row for row in rows if (model := row.content_type.model_class()) and _is_viewable(user, model)]


def _is_viewable(user: Any, model: Any) -> bool:
    return admin.site.is_registered(model) and can_view(user, model)


def save_filter(model_admin: Any, request: Any) -> HttpResponse:
    """Save what the list shows under the name that was sent. If that is refused, show the list with the form as it was
    sent and the reason in it."""
    if not can_view(request.user, model_admin.model):
        raise PermissionDenied
    query = _query_of(request)
    if len(query) > MAX_QUERY_LENGTH or not _is_usable(request, model_admin, query=query):
        messages.error(request, _("The filter is not valid, so it was not saved."))
        return HttpResponseRedirect(model_admin.changelist_url())
    form = SavedFilterForm(request.POST, user=request.user, model=model_admin.model)
    if not form.is_valid():
        page: HttpResponse = model_admin.changelist_view(_reading(request, query), {"filter_form": form})
        return page
    SavedFilter.objects.update_or_create(
        content_type=form.content_type,
        user=request.user,
        name=form.cleaned_data["name"],
        defaults={"query": query, "is_shared": form.cleaned_data["is_shared"]},
    )
    messages.success(request, _("The filter “%(name)s” was saved.") % {"name": form.cleaned_data["name"]})
    return HttpResponseRedirect(f"{model_admin.changelist_url()}?{query}")


def _is_usable(request: HttpRequest, model_admin: Any, *, query: str) -> bool:
    """Return True if the list takes the filter. One that leads to an error page could not be removed there, and a
    shared one would send everybody to it."""
    try:
        model_admin.get_changelist_instance(_reading(request, query))
    except (IncorrectLookupParameters, SuspiciousOperation, ValidationError, ValueError, OverflowError):
        return False
    return "%00" not in query


def _reading(request: HttpRequest, query: str) -> HttpRequest:
    """Return a request of the same user for the list with this filter."""
    reading = get_copy(request)
    reading.GET = QueryDict(query)
    return reading


@require_POST
def remove_filter_view(request: HttpRequest, key: int) -> HttpResponse:
    """Remove an own filter; administrators also remove shared ones of others."""
    rows = SavedFilter.objects.all() if request.user.is_superuser else SavedFilter.objects.filter(user=request.user.pk)
    row = get_object_or_404(rows.select_related("content_type"), pk=key)
    row.delete()
    messages.success(request, _("The filter “%(name)s” was removed.") % {"name": row.name})
    return HttpResponseRedirect(row.list_url)
