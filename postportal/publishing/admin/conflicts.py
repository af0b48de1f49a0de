"""Two editors at one form: whoever saves second sees both texts, chooses, and loses nothing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from postportal.publishing.admin import version_tokens
from postportal.publishing.admin.editing import EditingAdmin, clean_save_note, render_now
from postportal.publishing.admin.steps import StepsAdmin
from postportal.publishing.models import Publishable
from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.versions.conflicts import MINE, THEIRS, conflicting_fields, merge
from postportal.publishing.versions.snapshots import Content
from postportal.publishing.workflow.rules import is_allowed
from postportal.staff.autosave import FORM_KEY, delete_autosave, encode_form
from postportal.staff.models import Autosave


class ConflictAdmin(StepsAdmin):
    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        item = self._get_item(request, object_id)
        if request.method == "POST" and object_id is not None and item is None and _is_autosaved(request):
            return self.autosave_deleted_item(request)
        # Before anything is read: a save in between makes the page look older than it is, never newer.
        request.shown_token = version_tokens.make_version_token(item)  # type: ignore[attr-defined]
        said = len(_queued_messages(request))
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except self.model.DoesNotExist:
            # Deleted between our look and our lock.
            if not _is_autosaved(request):
                raise Http404 from None
            return self.autosave_deleted_item(request)
        except IntegrityError:
            if request.method != "POST" or item is None:
                raise
            # Two saves at once cannot both be the next revision. The second is told now, like any other.
            del _queued_messages(request)[said:]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def steps_context(self, request: HttpRequest, item: Publishable | None) -> dict[str, Any]:
        # A form that was sent and comes back keeps what it says it showed.
        version = request.POST.get("_version") or getattr(request, "shown_token", "0")
        return {**super().steps_context(request, item), "version": version}

    def before_saving(self, request: HttpRequest, item: Publishable | None) -> HttpResponse | None:
        refused = super().before_saving(request, item)
        if refused is not None or item is None:
            return refused
        if not self.has_change_permission(request, item):
            return self.autosave_locked_item(request, item)
        if "_mine" in request.POST:
            return self.resolve_conflict(request, item)
        said = request.POST.get("_version", "")
        return None if version_tokens.is_current(item, said) else self.conflict_page(request, item, fields=request.POST)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        # On trial nothing happens, so nothing is said.
        return HttpResponse() if getattr(request, "is_trial", False) else super().response_change(request, obj)

    def conflict_page(
        self, request: HttpRequest, item: Publishable, *, fields: QueryDict, faults: list[str] | None = None
    ) -> HttpResponse:
        """The page with both texts; where they say the same, as if it had been saved; where the form itself is at
        fault, the form."""
        theirs = revisions.current_content(item)
        base = version_tokens.shown_content(item, fields.get("_version", ""))
        response, mine = self.form_content(request, item, fields=fields, base=base or theirs, theirs=theirs)
        if mine is None:
            return response
        rows = conflicting_fields(type(item), base=base, mine=mine, theirs=theirs)
        if not rows:
            return self.after_saving(request, item, HttpResponseRedirect(self.change_url(item)))
        self.store_autosave(request, item, fields)
        newest = version_tokens.latest_revision(item)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Somebody else saved it meanwhile"),
            "opts": self.opts,
            "media": self.media,
            "item": item,
            "newest": newest,
            "name": saved_by_name(newest),
            # What only one of them changed is proposed; where both did, nobody decides but a person.
            "parts": [(row, request.POST.get(row.input_name) or row.changed_by) for row in rows],
            "faults": faults or [],
            "mine": encode_form(fields),
            "version": version_tokens.make_version_token(item),
            "form_key": fields.get("_form_key", ""),
            "back": self.change_url(item),
        }
        return TemplateResponse(request, "admin/publishing/conflict.html", context)

    def form_content(
        self, request: HttpRequest, item: Publishable, *, fields: QueryDict, base: Content, theirs: Content
    ) -> tuple[HttpResponse, Content | None]:
        try:
            return self.dry_run_form(request, item, fields=fields, base=base)
        except IntegrityError:
            # What was on the screen cannot stand in the tables any more: its address belongs to another by now.
            return self.dry_run_form(request, item, fields=fields, base=theirs)

    def dry_run_form(
        self, request: HttpRequest, item: Publishable, *, fields: QueryDict, base: Content
    ) -> tuple[HttpResponse, Content | None]:
        """What the form would save over the text that it showed. Everything is undone."""
        asked, request.POST = request.POST, fields  # type: ignore[assignment]
        request.is_trial, request.saved_item = True, None  # type: ignore[attr-defined]
        try:
            with snapshots.dry_run():
                snapshots.apply_content(type(item)._default_manager.get(pk=item.pk), base)
                response = render_now(super(EditingAdmin, self).changeform_view(request, str(item.pk), "", None))
                saved = request.saved_item  # type: ignore[attr-defined]
                fresh = type(item)._default_manager.get(pk=item.pk)
                return response, snapshots.serialize(fresh, known=base) if saved else None
        finally:
            request.POST = asked
            request.is_trial, request.saved_item = False, None  # type: ignore[attr-defined]

    def resolve_conflict(self, request: HttpRequest, item: Publishable) -> HttpResponse:
        """Somebody has chosen: what came of it is a new revision."""
        fields = QueryDict(request.POST["_mine"])
        theirs = revisions.current_content(item)
        base = version_tokens.shown_content(item, fields.get("_version", ""))
        response, mine = self.form_content(request, item, fields=fields, base=base or theirs, theirs=theirs)
        if mine is None:
            return response
        if not version_tokens.is_current(item, request.POST.get("_version", "")):
            return self.conflict_page(request, item, fields=fields, faults=[_("It was saved once more meanwhile.")])
        rows = conflicting_fields(type(item), base=base, mine=mine, theirs=theirs)
        chosen = {row.key: request.POST.get(row.input_name, "") for row in rows}
        if not set(chosen.values()) <= {MINE, THEIRS}:
            return self.conflict_page(request, item, fields=fields, faults=[_("Choose for each part.")])
        try:
            with transaction.atomic():
                content = _save_merged(item, merge(mine, theirs, chosen))
                revisions.record_revision(item, content, by=request.user, note=clean_save_note(fields))
        except IntegrityError:
            fault = _("What you chose does not fit together: a row or a number belongs to something else by now.")
            return self.conflict_page(request, item, fields=fields, faults=[fault])
        except ValidationError as error:
            return self.conflict_page(request, item, fields=fields, faults=error.messages)
        delete_autosave(request)
        self.message_user(request, _("“%(item)s” is saved with what you chose.") % {"item": item}, messages.SUCCESS)
        if fields.get("_step"):
            text = _("Nothing but the text was changed: look at it, then take the next step from here.")
            self.message_user(request, text, messages.WARNING)
        return HttpResponseRedirect(self.change_url(item))

    def autosave_locked_item(self, request: HttpRequest, item: Publishable) -> HttpResponse | None:
        """It was submitted or scheduled while somebody wrote on: the text waits until it may be changed again."""
        if not (_is_autosaved(request) and is_allowed(request.user, item, "change")):
            return None  # The stock view refuses.
        self.store_autosave(request, item, request.POST)
        text = _("“%(item)s” cannot be changed at this stage. What you typed is kept: you find it here once it can.")
        self.message_user(request, text % {"item": item}, messages.WARNING)
        return HttpResponseRedirect(self.change_url(item))

    def autosave_deleted_item(self, request: HttpRequest) -> HttpResponse:
        """It was deleted while somebody wrote on."""
        self.store_autosave(request, None, request.POST)
        text = _("Somebody deleted it meanwhile. What you typed is here: saved, it becomes a new one.")
        self.message_user(request, text, messages.WARNING)
        if not self.has_add_permission(request):
            return HttpResponseRedirect(self.changelist_url())
        return HttpResponseRedirect(f"{self.add_or_change_url(None)}?_take={request.POST['_form_key']}")

    def store_autosave(self, request: HttpRequest, item: Publishable | None, fields: Any) -> None:
        if FORM_KEY.fullmatch(fields.get("_form_key", "")):
            Autosave.objects.store(
                *(self.model, item.pk if item else None),
                user=request.user,
                form_key=fields["_form_key"],
                data=encode_form(fields),
                at=timezone.now(),
            )


def _save_merged(item: Publishable, content: Content) -> Content:
    """Put the content where it belongs: beside what readers know, else into the row. It has to be valid as a whole."""
    if item.is_edited_in_edition:
        with snapshots.dry_run():
            _apply_valid(item, content)
        return content
    _apply_valid(item, content)
    return snapshots.serialize(type(item)._default_manager.get(pk=item.pk))


def _apply_valid(item: Publishable, content: Content) -> None:
    row = type(item)._default_manager.get(pk=item.pk)
    snapshots.apply_content(row, content, is_final=True)
    row.full_clean(exclude=["withdrawal_reason"])


def _is_autosaved(request: HttpRequest) -> bool:
    return bool(FORM_KEY.fullmatch(request.POST.get("_form_key", "")))


def _queued_messages(request: HttpRequest) -> list[Any]:
    queued: list[Any] = messages.get_messages(request)._queued_messages  # type: ignore[union-attr]
    return queued


def saved_by_name(revision: Any) -> str:
    return (revision.by.get_full_name() or revision.by.get_username()) if revision and revision.by else ""
