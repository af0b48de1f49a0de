"""The field in the header of every staff page: a form that answers without scripts, and suggestions for those with."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from postportal.staff.quick_search import search_by_name

MAX_RESULTS, MAX_SUGGESTIONS = 50, 4


class QuickSearchForm(forms.Form):
    q = forms.CharField(label=_("Find by title or name"), max_length=200, required=False)


def quick_search_view(request: HttpRequest) -> HttpResponse:
    form = QuickSearchForm(request.GET)
    groups = search_by_name(_search_text(form), user=request.user, at=timezone.now(), limit=MAX_RESULTS)
    context = {
        **admin.site.each_context(request),
        "title": _("Find"),
        "form": form,
        "sought": _search_text(form),
        "groups": groups,
        "limit": MAX_RESULTS,
    }
    return TemplateResponse(request, "admin/dashboard/quick_search.html", context)


def suggestions_view(request: HttpRequest) -> JsonResponse:
    groups = search_by_name(
        _search_text(QuickSearchForm(request.GET)), user=request.user, at=timezone.now(), limit=MAX_SUGGESTIONS
    )
    results: list[dict[str, Any]] = [
        {"text": entry.text, "kind": entry.kind, "detail": entry.detail, "address": entry.url}
        for _kind, entries in groups
        for entry in entries
    ]
    return JsonResponse({"results": results})


def _search_text(form: QuickSearchForm) -> str:
    return form.cleaned_data["q"] if form.is_valid() else ""
