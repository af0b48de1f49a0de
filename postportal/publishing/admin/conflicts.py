"""Guard against stale pages: nothing is written over what somebody else saved after the page was shown."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from postportal.publishing.admin import stale_pages, version_tokens
from postportal.publishing.admin.conflict_page import ConflictPage
from postportal.publishing.admin.editing import EditingAdmin
from postportal.publishing.models import Publishable, Versioned
from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.versions.shared_rows import SharedRows
from postportal.staff.autosave import FORM_KEY, encode_form
from postportal.staff.form_state import form_state
from postportal.staff.models import Autosave
from postportal.staff.permissions import change_url, has_model_permission
from postportal.web.row_keys import is_row_key

# Of PostgreSQL, in SQLSTATE.
DEADLOCK = "40P01"
# The key of a row in an editable list.
_LIST_KEY = re.compile(r"form-\d{1,9}-id")


class ConflictAdmin(EditingAdmin):
    """Mixin that compares the version a page showed before anything is written. The second of two editors gets the
    conflict page; a list or a deletion is refused."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.conflict_page = ConflictPage(self)

    # Forms --------------------------------------------------------------------------------------------------------

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        item = self.get_item(request, object_id)
        if request.method == "POST" and object_id is not None and item is None and _is_autosaved(request):
            return self._autosave_deleted_item(request)
        # Before anything is read: a save in between makes the page look older than it is, never newer.
        form_state(request).shown_version = version_tokens.make_version_token(item)
        try:
            return self._changeform_view_once(request, object_id, form_url, extra_context)
        except self.model.DoesNotExist:
            # Deleted after we looked and before we locked it.
            if not _is_autosaved(request):
                raise Http404 from None
            return self._autosave_deleted_item(request)
        except (IntegrityError, OperationalError) as error:
            is_race = isinstance(error, IntegrityError) or getattr(error.__cause__, "sqlstate", "") == DEADLOCK
            if request.method != "POST" or item is None or not is_race:
                raise
            # Two saves at once cannot both be the next revision, or move rows to each other. Once more, the second one
            # meets the first.
            return self._changeform_view_once(request, object_id, form_url, extra_context)

    def _changeform_view_once(self, request: HttpRequest, *args: Any) -> HttpResponse:
        """Show or save the form, and send the messages of a save only if it succeeds."""
        state = form_state(request)
        held = state.held_messages = [] if request.method == "POST" else None
        try:
            response = super().changeform_view(request, *args)
        finally:
            state.held_messages = None
        for message in held or []:
            super().message_user(request, *message)
        return response

    def message_user(
        self,
        request: HttpRequest,
        message: Any,
        level: int | str = messages.INFO,
        extra_tags: str = "",
        fail_silently: bool = False,
    ) -> None:
        state = form_state(request)
        held = state.held_messages
        if state.is_dry_run:
            return  # Nothing is saved in a dry run, so no message says so.
        if held is None:
            super().message_user(request, message, level, extra_tags, fail_silently)
        else:
            held.append((message, level, extra_tags, fail_silently))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        # A form that was not valid still says which version it showed.
        context["version"] = request.POST.get("_version") or form_state(request).shown_version
        return super().render_change_form(request, context, *args, **kwargs)

    def before_saving(self, request: HttpRequest, item: Versioned | None) -> HttpResponse | None:
        refusal = super().before_saving(request, item)
        if refusal is not None or item is None:
            return refusal
        if not self.has_change_permission(request, item):
            stored = self._autosave_locked_item(request, item)
            if stored is None:
                # Here, since the stock view sees the item as its unpublished changes have it.
                raise PermissionDenied
            return stored
        if "_mine" in request.POST:
            return self.conflict_page.resolve(request, item)
        if version_tokens.is_current(item, request.POST.get("_version", "")):
            return None
        return self.conflict_page.show(request, item, fields=request.POST)

    def refuse_unreviewed(self, request: HttpRequest, item: Versioned) -> None:
        """Raise ValidationError if the user may not have saved what the item has become."""

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return HttpResponse() if form_state(request).is_dry_run else super().response_change(request, obj)

    def store_autosave(self, request: HttpRequest, item: Versioned | None, fields: Any) -> None:
        """Store the data of a form that is not saved, for the form of the item or, without one, for a new item."""
        form_key = fields.get("_form_key", "")
        if FORM_KEY.fullmatch(form_key):
            pk, data = item.pk if item else None, encode_form(fields)
            Autosave.objects.store(self.model, pk, user=request.user, form_key=form_key, data=data, at=timezone.now())

    def _autosave_locked_item(self, request: HttpRequest, item: Versioned) -> HttpResponse | None:
        """Store the text of an item that was submitted or scheduled while it was being edited."""
        if not (_is_autosaved(request) and has_model_permission(request.user, "change", item)):
            return None
        self.store_autosave(request, item, request.POST)
        text = _("“%(item)s” cannot be changed at this stage. Your text is stored and offered here once it can be.")
        self.message_user(request, text % {"item": item}, messages.WARNING)
        return HttpResponseRedirect(change_url(item))

    def _autosave_deleted_item(self, request: HttpRequest) -> HttpResponse:
        """Store the text of an item that was deleted while it was being edited."""
        self.store_autosave(request, None, request.POST)
        text = _("Someone deleted this item. Your text is still here. If you save it, a new item is created.")
        self.message_user(request, text, messages.WARNING)
        if not self.has_add_permission(request):
            return HttpResponseRedirect(self.changelist_url())
        return HttpResponseRedirect(f"{self.add_or_change_url(None)}?_take={request.POST['_form_key']}")

    # Lists --------------------------------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return stale_pages.with_shown_version(super().get_queryset(request), self.model)

    def action_checkbox(self, obj: Any) -> SafeString:
        return format_html("{}{}", super().action_checkbox(obj), stale_pages.version_input(obj))

    def response_action(self, request: HttpRequest, queryset: QuerySet[Any], **kwargs: Any) -> Any:  # type: ignore[override]
        unchanged = stale_pages.unchanged_rows(self, request, queryset)
        if unchanged == []:
            return HttpResponseRedirect(request.get_full_path())
        rows = queryset.filter(pk__in=unchanged or [])
        if issubclass(self.model, Publishable):
            return super().response_action(request, rows, **kwargs)  # The steps record what they do.
        with self._recording_changes(request, unchanged or []):
            return super().response_action(request, rows, **kwargs)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not self.list_editable or request.method != "POST" or "_save" not in request.POST:
            return super().changelist_view(request, extra_context)
        typed = [str(request.POST[name]) for name in request.POST if _LIST_KEY.fullmatch(name)]
        keys = [key for key in typed if is_row_key(key)]
        with transaction.atomic(), self._recording_changes(request, keys):
            return super().changelist_view(request, extra_context)

    @contextmanager
    def _recording_changes(self, request: HttpRequest, keys: Sequence[int | str]) -> Iterator[None]:
        """Record in the history of the rows what is done to them meanwhile."""
        stored = self.model._default_manager.filter(pk__in=keys)
        before = snapshots.serialize_all(list(stored))
        yield
        after = snapshots.serialize_all(list(stored.all()))
        revisions.record_changes(self.model, before=before, after=after, by=request.user)

    # Deletions ----------------------------------------------------------------------------------------------------

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        item = self.get_item(request, object_id)
        if item is None or not self.has_delete_permission(request, item):
            return super().delete_view(request, object_id, extra_context)
        with transaction.atomic():
            if request.method == "POST" and stale_pages.is_stale(item, request.POST.get("_version", "")):
                stale_pages.warn_stale(self, request, item)
                return HttpResponseRedirect(request.get_full_path())
            version = {"version": version_tokens.make_version_token(item)}
            return super().delete_view(request, object_id, {**version, **(extra_context or {})})

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self._detach_autosaves([obj.pk])
        shared = SharedRows(obj)
        super().delete_model(request, obj)
        shared.record(by=request.user)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._detach_autosaves(list(queryset.values_list("pk", flat=True)))
        shared = SharedRows(*queryset)
        super().delete_queryset(request, queryset)
        shared.record(by=request.user)

    def _detach_autosaves(self, pks: list[int]) -> None:
        """Let autosaves outlive their item: what others have typed is offered for a new one."""
        for pk in pks:
            Autosave.objects.of_object(self.model, pk).update(object_id=None)


def _is_autosaved(request: HttpRequest) -> bool:
    return bool(FORM_KEY.fullmatch(request.POST.get("_form_key", "")))
