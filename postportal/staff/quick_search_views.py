"""The field in the header of every staff page: a form that answers without scripts, and suggestions for those with."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from postportal.staff.quick_search import found

IN_LIST, SUGGESTED = 50, 4


class FindForm(forms.Form):
    q = forms.CharField(label=_("Find by title or name"), max_length=200, required=False)


def find(request: HttpRequest) -> HttpResponse:
    form = FindForm(request.GET)
    groups = found(_text(form), user=request.user, at=timezone.now(), limit=IN_LIST)
    context = {
        **admin.site.each_context(request),
        "title": _("Find"),
        "form": form,
        "sought": _text(form),
        "groups": groups,
        "limit": IN_LIST,
    }
    return TemplateResponse(request, "admin/desk/find.html", context)


def suggestions(request: HttpRequest) -> JsonResponse:
    groups = found(_text(FindForm(request.GET)), user=request.user, at=timezone.now(), limit=SUGGESTED)
    results: list[dict[str, Any]] = [
        {"text": entry.text, "kind": entry.kind, "detail": entry.detail, "address": entry.address}
        for _kind, entries in groups
        for entry in entries
    ]
    return JsonResponse({"results": results})


def _text(form: FindForm) -> str:
    return form.cleaned_data["q"] if form.is_valid() else ""
