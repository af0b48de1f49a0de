"""Editing of an item: the form changes its row while it is a draft, and its unpublished changes once it is live."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse

from postportal.publishing.admin.step_input import FormStepForm, StepInputErrorForm
from postportal.publishing.models import Versioned
from postportal.publishing.models.locking import lock_item
from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.versions.shared_rows import SharedRows
from postportal.publishing.workflow import filing
from postportal.staff.form_state import form_state
from postportal.staff.model_admin import PortalAdmin, render_now

MAX_NOTE_LENGTH = 300


class EditingAdmin(PortalAdmin):
    """Mixin that shows and saves the form of an item with its unpublished changes applied, in one transaction."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        def stock_view() -> HttpResponse:
            return self.process_form(request, object_id, form_url, extra_context)

        item = self.get_item(request, object_id)
        if request.method != "POST":
            return self._show_form(request, item, stock_view)
        if item is None and object_id is not None:
            # Deleted since `ConflictAdmin` looked: the stock view would redirect away from what was typed.
            raise self.model.DoesNotExist
        with transaction.atomic():
            if item is not None:
                item = lock_item(item)
                revisions.record_outside_change(item)
            shared = SharedRows(*([item] if item else []))
            refusal = self.before_saving(request, item)
            if refusal is not None:
                return refusal
            response, content = self._save_form(request, item, stock_view)
            saved: Any = form_state(request).saved_item
            if content is None or saved is None:
                return response
            note = clean_save_note(request.POST)
            shared.record(saved, by=request.user)
            form_state(request).is_filed = filing.record_save(item or saved, content, by=request.user, note=note)
            return self.after_saving(request, saved, response)

    def process_form(
        self,
        request: HttpRequest,
        object_id: str | None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show or save the form over the rows as they are now, without a revision."""
        return render_now(super().changeform_view(request, object_id, form_url, extra_context))

    def before_saving(self, request: HttpRequest, item: Versioned | None) -> HttpResponse | None:
        """Return a response to send instead of saving, None to save."""
        return None

    def after_saving(self, request: HttpRequest, item: Versioned, response: HttpResponse) -> HttpResponse:
        """Let the panels act once the revision is recorded: take the step of the button, for example."""
        for panel in self.panel_objects:
            response = panel.after_saving(request, item, response)
        return response

    def get_item(self, request: HttpRequest, object_id: str | None) -> Versioned | None:
        """Return the item with this key in the URL, None if there is none."""
        if object_id is None:
            return None
        try:
            item: Versioned | None = self.model._default_manager.filter(pk=unquote(object_id)).first()
        except (ValidationError, ValueError, OverflowError):
            return None
        return item

    def _show_form(
        self, request: HttpRequest, item: Versioned | None, stock_view: Callable[[], HttpResponse]
    ) -> HttpResponse:
        if item is not None and request.method == "GET":
            # Not inside the dry run, which undoes whatever is written.
            for panel in self.panel_objects:
                panel.on_open(request, item)
        edition = revisions.open_edition(item) if item else None
        if item is None or edition is None or edition.content is None:
            return stock_view()
        with snapshots.dry_run():
            for sentence in snapshots.apply_content(item, edition.content, is_for_form=True):
                messages.warning(request, sentence)
            return stock_view()

    def _save_form(
        self, request: HttpRequest, item: Versioned | None, stock_view: Callable[[], HttpResponse]
    ) -> tuple[HttpResponse, snapshots.Content | None]:
        """Return the response of the stock form and the content that was saved, None where the form was not valid."""
        state = form_state(request)
        state.saved_item = None
        if item is None or not item.is_edited_in_edition:
            response = stock_view()
            return response, snapshots.serialize(_reload(state.saved_item)) if state.saved_item else None
        with snapshots.dry_run():
            known = revisions.current_content(item)
            snapshots.apply_content(item, known, is_for_form=True)
            response = stock_view()
            return response, snapshots.serialize(_reload(state.saved_item), known=known) if state.saved_item else None

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type[ModelForm]:
        """Return the form, not valid where what is typed beside the steps is not: nothing typed is thrown away."""
        form = super().get_form(request, obj, change=change, **kwargs)
        is_sent = request.method == "POST" and not form_state(request).restored_autosave
        if not is_sent or FormStepForm(request.POST).is_valid():
            return form
        return type(form.__name__, (StepInputErrorForm, form), {})

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Note the item that was saved: this is the last method that Django calls only if the form is valid."""
        super().save_related(request, form, formsets, change)
        form_state(request).saved_item = form.instance


def clean_save_note(fields: Any) -> str:
    """Return the note for colleagues that was sent with the form, on one line and no longer than its column."""
    note = "".join(character if character.isprintable() else " " for character in fields.get("save_note", ""))
    return " ".join(note.split())[:MAX_NOTE_LENGTH]


def _reload(item: Any) -> Versioned:
    row: Versioned = type(item)._default_manager.get(pk=item.pk)
    return row
