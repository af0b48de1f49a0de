"""Views behind the search field in the header of every staff page: the page of results and the suggestions."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from postportal.staff.quick_search import search_everything

MAX_RESULTS, MAX_SUGGESTIONS = 50, 4


class QuickSearchForm(forms.Form):
    q = forms.CharField(label=_("Search by title, name or text"), max_length=200, required=False)


def quick_search_view(request: HttpRequest) -> HttpResponse:
    form = QuickSearchForm(request.GET)
    query = _search_text(form)
    context = {
        **admin.site.each_context(request),
        "title": _("Quick search"),
        "form": form,
        "query": query,
        "result_groups": search_everything(query, user=request.user, at=timezone.now(), limit=MAX_RESULTS),
        "limit": MAX_RESULTS,
    }
    return TemplateResponse(request, "admin/dashboard/quick_search.html", context)


def suggestions_view(request: HttpRequest) -> JsonResponse:
    groups = search_everything(
        _search_text(QuickSearchForm(request.GET)), user=request.user, at=timezone.now(), limit=MAX_SUGGESTIONS
    )
    results: list[dict[str, Any]] = [
        {"text": item.text, "kind": item.kind, "detail": item.detail, "address": item.url}
        for _search, items in groups
        for item in items
    ]
    return JsonResponse({"results": results})


def _search_text(form: QuickSearchForm) -> str:
    return form.cleaned_data["q"] if form.is_valid() else ""
