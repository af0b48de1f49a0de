"""Autosave of open forms: the data is stored while a user types, and offered when the form is opened again.

An autosave is no revision and is not validated: an incomplete text is stored as it is. Only users who may save a form
may store data for it, and nobody sees the data of another user.
"""

import re
import secrets
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import BaseModelFormSet, ModelForm
from django.forms.utils import ErrorDict, ErrorList
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.urls import URLPattern
from django.utils import timezone
from django.utils.formats import time_format

from postportal.staff.form_state import form_state, post_copy
from postportal.staff.models import Autosave
from postportal.staff.panels import Panel
from postportal.web.personal_zone import in_personal_zone
from postportal.web.row_keys import is_row_key

# As a browser encodes it: whatever a form can send is kept.
MAX_DATA_LENGTH = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
MAX_OFFERS = 5
FORM_KEY = re.compile(r"[0-9a-f]{32}")
EXCLUDED_FIELDS = {"csrfmiddlewaretoken"}


class AutosavePanel(Panel):
    """The offers to restore unsaved changes, and the URL at which an open form stores its data."""

    def urls(self) -> list[URLPattern]:
        return [
            self.path("autosave/", self.autosave_view, "autosave_new"),
            self.path("<path:object_id>/autosave/", self.autosave_view, "autosave"),
            self.path("unsaved/<slug:form_key>/drop/", self.discard_view, "discard_autosave"),
        ]

    def autosave_view(self, request: HttpRequest, object_id: str | None = None) -> HttpResponse:
        """Store the fields of an open form. Neither the item nor its revisions change."""
        pk, form_key = self._writable_pk(request, object_id), request.POST.get("_form_key", "")
        if request.method != "POST" or not self.model_admin.has_autosave or not FORM_KEY.fullmatch(form_key):
            return JsonResponse({}, status=HTTPStatus.BAD_REQUEST)
        data = encode_form(request.POST)
        if len(data) > MAX_DATA_LENGTH:
            return JsonResponse({}, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        at = timezone.now()
        Autosave.objects.store(self.model, pk, user=request.user, form_key=form_key, data=data, at=at)
        return JsonResponse({"autosaved_at": time_format(in_personal_zone(at), "H:i:s")})

    def discard_view(self, request: HttpRequest, form_key: str) -> HttpResponse:
        autosave = Autosave.objects.filter(user=cast("User", request.user), form_key=form_key).first()
        if request.method != "POST" or autosave is None:
            raise Http404
        autosave.delete()
        return HttpResponseRedirect(self.model_admin.add_or_change_url(autosave.object_id))

    def context(self, request: HttpRequest, item: Any) -> dict[str, Any]:
        is_offered = self.model_admin.has_autosave and self.can_type(request, item)
        return {"autosave": self._offers(request, item.pk if item else None) if is_offered else None}

    def on_form_saved(self, request: HttpRequest, item: Any) -> None:
        if not form_state(request).is_dry_run:
            delete_autosave(request)

    def after_saving(self, request: HttpRequest, item: Any, response: HttpResponse) -> HttpResponse:
        # Again: where the form is processed in a dry run, the first deletion is undone with it.
        delete_autosave(request)
        return response

    def _offers(self, request: HttpRequest, pk: int | None) -> dict[str, Any]:
        restored = form_state(request).restored_autosave
        form_key = restored.form_key if restored else request.POST.get("_form_key", "")
        form_key = form_key if FORM_KEY.fullmatch(form_key) else secrets.token_hex(16)
        others = Autosave.objects.of(self.model, pk, user=request.user).exclude(form_key=form_key)
        return {
            "form_key": form_key,
            "restored": restored,
            "max_bytes": MAX_DATA_LENGTH,
            "max_fields": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
            "url": self.url("autosave", pk) if pk else self.url("autosave_new"),
            "offers": [
                {
                    "at": autosave.saved_at,
                    "form_key": autosave.form_key,
                    "discard_url": self.url("discard_autosave", autosave.form_key),
                }
                for autosave in others.defer("data").newest_first()[:MAX_OFFERS]
            ],
        }

    def _writable_pk(self, request: HttpRequest, object_id: str | None) -> int | None:
        """Return the primary key of the item, None for a new one. Raises PermissionDenied where the user may not save
        the form."""
        pk = parse_pk(object_id)
        item: models.Model | None = self.model_admin.find_row(pk) if pk else None
        if object_id is not None and item is None:
            raise Http404
        if not self.can_type(request, item):
            raise PermissionDenied
        return pk


# Restoring ------------------------------------------------------------------------------------------------------------


class UnvalidatedForm:
    """Mixin for a form class: shows the data and finds no errors in it yet."""

    @property
    def errors(self) -> ErrorDict:
        return ErrorDict()

    def is_valid(self) -> bool:
        return False


class UnvalidatedFormSet:
    """Mixin for the class of a formset."""

    @property
    def errors(self) -> list[ErrorDict]:
        return []

    def non_form_errors(self) -> ErrorList:
        return ErrorList()

    def is_valid(self) -> bool:
        return False


def restoring_request(request: HttpRequest, model_admin: Any, object_id: str | None) -> HttpRequest | None:
    """Return the request with which the stock view shows the autosave that the URL asks for; None where it asks for
    none.

    The stock view shows typed data only in answer to a POST. Nothing is saved: the forms are never valid."""
    autosave = _requested_autosave(request, model_admin.model, object_id)
    if autosave is None:
        return None
    fields = QueryDict(autosave.data, mutable=True)
    if autosave.object_id is None:
        _mark_rows_as_new(fields, model_admin.get_formsets_with_inlines(request))
    return post_copy(request, fields, restored_autosave=autosave)


def without_validation(form: type[ModelForm]) -> type[ModelForm]:
    return type(form.__name__, (UnvalidatedForm, form), {})


def formset_without_validation(formset: type[BaseModelFormSet]) -> type[Any]:
    return type(formset.__name__, (UnvalidatedFormSet, formset), {"form": without_validation(formset.form)})


def _requested_autosave(request: HttpRequest, model: type[models.Model], object_id: str | None) -> Autosave | None:
    form_key = request.GET.get("_take", "")
    if request.method != "GET" or not FORM_KEY.fullmatch(form_key):
        return None
    pk = parse_pk(object_id)
    if object_id is not None and pk is None:
        return None
    return Autosave.objects.of(model, pk, user=request.user).filter(form_key=form_key).first()


def _mark_rows_as_new(fields: QueryDict, formsets: Any) -> None:
    """Turn the child rows into new ones: those of an item that was deleted no longer exist."""
    for formset, _inline in formsets:
        prefix = formset.get_default_prefix()
        keys = rf"{re.escape(prefix)}-\d+-({formset.model._meta.pk.name}|{formset.fk.name})"
        for name in [name for name in fields if re.fullmatch(keys, name)]:
            fields[name] = ""
        fields[f"{prefix}-INITIAL_FORMS"] = "0"


# Data of a form -------------------------------------------------------------------------------------------------------


def encode_form(fields: QueryDict) -> str:
    """Return the data of a form as a query string, without the fields that only protect it."""
    return urlencode(
        [(name, value) for name, values in fields.lists() if name not in EXCLUDED_FIELDS for value in values]
    )


def delete_autosave(request: HttpRequest) -> None:
    """Delete the autosave of the form that the request sends, because it is saved."""
    form_key = request.POST.get("_form_key", "")
    if FORM_KEY.fullmatch(form_key):
        Autosave.objects.filter(user=cast("User", request.user), form_key=form_key).delete()


def parse_pk(object_id: str | None) -> int | None:
    """Return the primary key in a URL of the admin, None where there is none."""
    text = unquote(object_id) if object_id else ""
    return int(text) if is_row_key(text) else None
