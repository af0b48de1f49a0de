"""The form of an item: over its row while it is a draft, over what waits beside it once readers know it."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse

from postportal.publishing.models import Publishable
from postportal.publishing.models.locking import lock_item
from postportal.publishing.versions import revisions, snapshots
from postportal.staff.autosave import delete_autosave
from postportal.staff.model_admin import PortalAdmin

MAX_NOTE_LENGTH = 300


class EditingAdmin(PortalAdmin):
    """Every form of the item is drawn and saved with what waits beside it in place, in a transaction of its own."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        def stock() -> HttpResponse:
            return render_now(super(EditingAdmin, self).changeform_view(request, object_id, form_url, extra_context))

        item = self._get_item(request, object_id)
        if request.method != "POST":
            return self._with_unpublished_changes(item, stock)
        if item is None and object_id is not None:
            # Deleted since the view around this one looked: the stock view would lead away from what was typed.
            raise self.model.DoesNotExist
        with transaction.atomic():
            if item is not None:
                item = lock_item(item)
                revisions.record_outside_change(item)
            refused = self.before_saving(request, item)
            if refused is not None:
                return refused
            response, content = self._save_form(request, item, stock)
            if content is None:
                return response
            saved = item or request.saved_item  # type: ignore[attr-defined]
            revisions.record_revision(saved, content, by=request.user, note=clean_save_note(request.POST))
            return self.after_saving(request, request.saved_item, response)  # type: ignore[attr-defined]

    def before_saving(self, request: HttpRequest, item: Publishable | None) -> HttpResponse | None:
        """An answer instead of saving, where somebody else has saved meanwhile."""
        return None

    def after_saving(self, request: HttpRequest, item: Publishable, response: HttpResponse) -> HttpResponse:
        """What follows once the text is safe: the step that the pressed button names."""
        delete_autosave(request)
        return response

    def _get_item(self, request: HttpRequest, object_id: str | None) -> Publishable | None:
        if object_id is None:
            return None
        try:
            found: Publishable | None = self.model._default_manager.filter(pk=unquote(object_id)).first()
        except (ValidationError, ValueError, OverflowError):
            return None
        return found

    def _with_unpublished_changes(self, item: Publishable | None, stock: Callable[[], HttpResponse]) -> HttpResponse:
        edition = revisions.open_edition(item) if item else None
        if item is None or edition is None or edition.content is None:
            return stock()
        with snapshots.dry_run():
            snapshots.apply_content(item, edition.content)
            return stock()

    def _save_form(
        self, request: HttpRequest, item: Publishable | None, stock: Any
    ) -> tuple[HttpResponse, snapshots.Content | None]:
        """The answer of the stock form, and what was saved; None where the form was refused."""
        request.saved_item = None  # type: ignore[attr-defined]
        if item is None or not item.is_edited_in_edition:
            response = stock()
            saved: Publishable | None = request.saved_item  # type: ignore[attr-defined]
            return response, snapshots.serialize(_reload(saved)) if saved else None
        with snapshots.dry_run():
            known = revisions.current_content(item)
            snapshots.apply_content(item, known)
            response = stock()
            saved = request.saved_item  # type: ignore[attr-defined]
            content = snapshots.serialize(_reload(saved), known=known) if saved else None
        return response, content

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The last thing the stock view does with a form that it accepts."""
        super().save_related(request, form, formsets, change)
        request.saved_item = form.instance  # type: ignore[attr-defined]


def clean_save_note(fields: Any) -> str:
    """What somebody wrote beside the text for whoever reads its history; no longer than the column, on one line."""
    said = "".join(character if character.isprintable() else " " for character in fields.get("save_note", ""))
    return " ".join(said.split())[:MAX_NOTE_LENGTH]


def render_now(response: HttpResponse) -> HttpResponse:
    """Draw the page now, while the rows say what it should show."""
    if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
        response.render()
    return response


def _reload(item: Publishable) -> Publishable:
    return type(item)._default_manager.get(pk=item.pk)
