"""What was typed and not saved: kept while somebody types, offered when the form is opened again.

It is no revision and is not checked: a text that lacks something is a text all the same. Only who may save the form may
keep anything for it, and sees nobody's text but the own.
"""

import re
import secrets
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import BaseModelFormSet, ModelForm
from django.forms.utils import ErrorDict, ErrorList
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import time_format

from postportal.staff.models import Autosave

# As a browser sends it; far more than anybody types.
MAX_DATA_LENGTH = 1024 * 1024
MAX_OFFERS = 5
FORM_KEY = re.compile(r"[0-9a-f]{32}")
EXCLUDED_FIELDS = {"csrfmiddlewaretoken"}


class UnvalidatedForm:
    """Put before a form class: draws what was kept, and finds no fault with it yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._errors: Any = ErrorDict()

    def is_valid(self) -> bool:
        return False


class UnvalidatedFormSet:
    """Put before the class of a formset."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._errors: Any = []
        self._non_form_errors = ErrorList()

    def is_valid(self) -> bool:
        return False


class AutosaveAdmin(admin.ModelAdmin):
    """Forms that lose no text."""

    has_autosave = True

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        keep, drop = self.admin_site.admin_view(self.autosave_view), self.admin_site.admin_view(self.discard_view)
        own: list[URLPattern] = [
            path("autosave/", keep, name=f"{name}_autosave_new"),
            path("<path:object_id>/autosave/", keep, name=f"{name}_autosave"),
            path("unsaved/<slug:form_key>/drop/", drop, name=f"{name}_drop_unsaved"),
        ]
        return own + super().get_urls()

    def autosave_view(self, request: HttpRequest, object_id: str | None = None) -> HttpResponse:
        """Keeps the fields of an open form. Touches neither the item nor its revisions."""
        key, form_key = self._writable_pk(request, object_id), request.POST.get("_form_key", "")
        if request.method != "POST" or not self.has_autosave or not FORM_KEY.fullmatch(form_key):
            return JsonResponse({}, status=HTTPStatus.BAD_REQUEST)
        data = encode_form(request.POST)
        if len(data) > MAX_DATA_LENGTH:
            return JsonResponse({}, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        at = timezone.now()
        Autosave.objects.store(self.model, key, user=request.user, form_key=form_key, data=data, at=at)
        return JsonResponse({"kept_at": time_format(timezone.localtime(at), "H:i:s")})

    def discard_view(self, request: HttpRequest, form_key: str) -> HttpResponse:
        kept = Autosave.objects.filter(user=cast("User", request.user), form_key=form_key).first()
        if request.method != "POST" or kept is None:
            raise Http404
        kept.delete()
        return HttpResponseRedirect(self.add_or_change_url(kept.object_id))

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        kept = self._requested_autosave(request, object_id)
        if kept is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        # The stock view draws what was typed only when it was sent. It is not saved: nothing unchecked ever is.
        request.taken, request.method, asked = kept, "POST", request.POST  # type: ignore[attr-defined]
        request.POST = QueryDict(kept.data, mutable=True)  # type: ignore[assignment]
        if kept.object_id is None:
            self._mark_rows_as_new(request)
        try:
            response = super().changeform_view(request, object_id, form_url, extra_context)
            return response.render() if hasattr(response, "render") else response
        finally:
            request.method, request.POST = "GET", asked

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type[ModelForm]:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (UnvalidatedForm, form), {}) if hasattr(request, "taken") else form

    def get_formsets_with_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            yield (_skip_validation(formset) if hasattr(request, "taken") else formset), inline

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        item = kwargs.get("obj")
        key = item.pk if item else None
        may_write = self.has_change_permission(request, item) if item else self.has_add_permission(request)
        context["unsaved"] = self._autosave_context(request, key) if may_write and self.has_autosave else None
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        delete_autosave(request)
        return super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        delete_autosave(request)
        return super().response_change(request, obj)

    def add_or_change_url(self, key: int | None) -> str:
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}"
        return reverse(f"{name}_add") if key is None else reverse(f"{name}_change", args=[key])

    def _autosave_context(self, request: HttpRequest, key: int | None) -> dict[str, Any]:
        taken = getattr(request, "taken", None)
        form_key = taken.form_key if taken else request.POST.get("_form_key", "")
        form_key = form_key if FORM_KEY.fullmatch(form_key) else secrets.token_hex(16)
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}"
        kept = Autosave.objects.of(self.model, key, user=request.user).exclude(form_key=form_key)
        return {
            "form_key": form_key,
            "taken": taken,
            "address": reverse(f"{name}_autosave", args=[key]) if key else reverse(f"{name}_autosave_new"),
            "offers": [
                {
                    "at": row.saved_at,
                    "form_key": row.form_key,
                    "drop": reverse(f"{name}_drop_unsaved", args=[row.form_key]),
                }
                for row in kept.defer("data").newest_first()[:MAX_OFFERS]
            ],
        }

    def _requested_autosave(self, request: HttpRequest, object_id: str | None) -> Autosave | None:
        form_key = request.GET.get("_take", "")
        if request.method != "GET" or not FORM_KEY.fullmatch(form_key):
            return None
        key = parse_pk(object_id)
        if object_id is not None and key is None:
            return None
        return Autosave.objects.of(self.model, key, user=request.user).filter(form_key=form_key).first()

    def _mark_rows_as_new(self, request: HttpRequest) -> None:
        """Rows of an item that was deleted meanwhile are new rows."""
        sent = cast("dict[str, Any]", request.POST)
        for formset, _inline in super().get_formsets_with_inlines(request):
            prefix = formset.get_default_prefix()
            own = rf"{re.escape(prefix)}-\d+-({formset.model._meta.pk.name}|{formset.fk.name})"
            for name in [name for name in request.POST if re.fullmatch(own, name)]:
                sent[name] = ""
            sent[f"{prefix}-INITIAL_FORMS"] = "0"

    def _writable_pk(self, request: HttpRequest, object_id: str | None) -> int | None:
        """The key of the item, for those who may save its form."""
        if object_id is None:
            if not self.has_add_permission(request):
                raise PermissionDenied
            return None
        key = parse_pk(object_id)
        item: models.Model | None = self.model._default_manager.filter(pk=key).first() if key else None
        if item is None:
            raise Http404
        if not self.has_change_permission(request, item):
            raise PermissionDenied
        return key


def encode_form(fields: QueryDict) -> str:
    """What a form sent, without what only protected it."""
    return urlencode(
        [(name, value) for name, values in fields.lists() if name not in EXCLUDED_FIELDS for value in values]
    )


def delete_autosave(request: HttpRequest) -> None:
    """What was kept while somebody typed, once it is saved."""
    form_key = request.POST.get("_form_key", "")
    if FORM_KEY.fullmatch(form_key):
        Autosave.objects.filter(user=cast("User", request.user), form_key=form_key).delete()


def parse_pk(object_id: str | None) -> int | None:
    text = unquote(object_id) if object_id else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def _skip_validation(formset: type[BaseModelFormSet]) -> type[Any]:
    form = type(formset.form.__name__, (UnvalidatedForm, formset.form), {})
    return type(formset.__name__, (UnvalidatedFormSet, formset), {"form": form})
