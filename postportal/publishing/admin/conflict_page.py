"""The page on which an editor who saves second compares both versions and chooses between them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from postportal.publishing.admin import version_tokens
from postportal.publishing.admin.editing import clean_save_note
from postportal.publishing.admin.step_input import keep_step_input
from postportal.publishing.models import Versioned
from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.versions.conflicts import MINE, THEIRS, ConflictingField, conflicting_fields, merge
from postportal.publishing.versions.shared_rows import SharedRows
from postportal.publishing.versions.snapshots import Content
from postportal.publishing.workflow import filing
from postportal.staff.account_names import full_name_or_username
from postportal.staff.autosave import delete_autosave, encode_form
from postportal.staff.database_rules import refusal_text
from postportal.staff.form_state import form_state, post_copy
from postportal.staff.left_out import warn_of_left_out
from postportal.staff.permissions import change_url

if TYPE_CHECKING:
    from postportal.publishing.admin.conflicts import ConflictAdmin


class _Sides(NamedTuple):
    """Both versions of an item, as far as they can be compared."""

    # The form itself, to be sent back where it is not valid.
    response: HttpResponse
    theirs: Content
    mine: Content | None = None
    conflicts: Sequence[ConflictingField] = ()
    # The row of the form, whose texts know what cleaning left out.
    my_row: Model | None = None


class ConflictPage:
    """The second of two editors sees both versions, chooses, and loses nothing."""

    def __init__(self, model_admin: "ConflictAdmin") -> None:
        self.model_admin = model_admin

    def show(
        self, request: HttpRequest, item: Versioned, *, fields: QueryDict, errors: list[str] | None = None
    ) -> HttpResponse:
        """Return the page with both versions; the form where it is not valid; a redirect, as after a save, where both
        versions say the same. `fields` is the data of the form."""
        sides = self._sides(request, item, fields)
        if sides.mine is None:
            return sides.response
        if not sides.conflicts:
            self._warn_of_left_out(request, sides)
            return self.model_admin.after_saving(request, item, HttpResponseRedirect(change_url(item)))
        self.model_admin.store_autosave(request, item, fields)
        newest = version_tokens.latest_revision(item)
        context = {
            **self.model_admin.admin_site.each_context(request),
            "title": _("Someone else has saved a newer version"),
            "opts": self.model_admin.opts,
            "media": self.model_admin.media,
            "item": item,
            "name": full_name_or_username(newest.by) if newest else "",
            "saved_at": newest.at if newest else None,
            # Proposed is what only one of the two changed; where both did, a person decides.
            "conflicting_parts": [(row, request.POST.get(row.input_name) or row.changed_by) for row in sides.conflicts],
            "errors": errors or [],
            "my_data": encode_form(fields),
            "version": version_tokens.make_version_token(item),
            "form_key": fields.get("_form_key", ""),
            "change_url": change_url(item),
        }
        return TemplateResponse(request, "admin/publishing/conflict.html", context)

    def resolve(self, request: HttpRequest, item: Versioned) -> HttpResponse:
        """Save what was chosen on the page as a new revision."""
        fields = QueryDict(request.POST["_mine"])
        sides = self._sides(request, item, fields)
        if sides.mine is None:
            return sides.response
        if not version_tokens.is_current(item, request.POST.get("_version", "")):
            error = _("The item was saved again while you were choosing.")
            return self.show(request, item, fields=fields, errors=[error])
        choices = {row.key: request.POST.get(row.input_name, "") for row in sides.conflicts}
        if not set(choices.values()) <= {MINE, THEIRS}:
            return self.show(request, item, fields=fields, errors=[_("Choose a version for each part.")])
        try:
            with transaction.atomic():
                shared = SharedRows(item)
                content = _save_merged(item, merge(sides.mine, sides.theirs, choices))
                self.model_admin.refuse_unreviewed(request, type(item)._default_manager.get(pk=item.pk))
                shared.record(item, by=request.user)
                filing.record_save(item, content, by=request.user, note=clean_save_note(fields))
        except IntegrityError as refusal:
            error = _("Your choices cannot be combined because another item already uses one of these rows or numbers.")
            return self.show(request, item, fields=fields, errors=[refusal_text(refusal, default=error)])
        except ValidationError as refusal:
            return self.show(request, item, fields=fields, errors=refusal.messages)
        delete_autosave(request)
        chosen = {key.removeprefix("fields.") for key, choice in choices.items() if choice == MINE}
        self._warn_of_left_out(request, sides, only=chosen)
        keep_step_input(item, fields, by=request.user)
        text = _("“%(item)s” was saved with your choices.") % {"item": item}
        self.model_admin.message_user(request, text, messages.SUCCESS)
        if fields.get("_step"):
            text = _("Only the text was saved. Check it, then take the next step here.")
            self.model_admin.message_user(request, text, messages.WARNING)
        return HttpResponseRedirect(change_url(item))

    def _warn_of_left_out(self, request: HttpRequest, sides: _Sides, **options: Any) -> None:
        if sides.my_row is not None:
            warn_of_left_out(self.model_admin, request, sides.my_row, **options)

    def _sides(self, request: HttpRequest, item: Versioned, fields: QueryDict) -> _Sides:
        theirs = revisions.current_content(item)
        base = version_tokens.shown_content(item, fields.get("_version", ""))
        try:
            response, mine, row = self._process_in_dry_run(request, item, fields=fields, base=base or theirs)
        except IntegrityError:
            # The version that was shown can no longer be written: another item uses its URL by now.
            response, mine, row = self._process_in_dry_run(request, item, fields=fields, base=theirs)
        if mine is None:
            return _Sides(response, theirs)
        return _Sides(response, theirs, mine, conflicting_fields(type(item), base=base, mine=mine, theirs=theirs), row)

    def _process_in_dry_run(
        self, request: HttpRequest, item: Versioned, *, fields: QueryDict, base: Content
    ) -> tuple[HttpResponse, Content | None, Model | None]:
        """Return the response of the form, and the content and the row it would save over `base`, None where it is not
        valid."""
        trial = post_copy(request, fields, is_dry_run=True, saved_item=None)
        with snapshots.dry_run():
            snapshots.apply_content(type(item)._default_manager.get(pk=item.pk), base, is_for_form=True)
            response = self.model_admin.process_form(trial, str(item.pk))
            row = form_state(trial).saved_item
            if row is None:
                return response, None, None
            return response, snapshots.serialize(type(item)._default_manager.get(pk=item.pk), known=base), row


def _save_merged(item: Versioned, content: Content) -> Content:
    """Save the content as the unpublished changes of a live item, else into the row. Raises ValidationError where it is
    not valid as a whole."""
    if item.is_edited_in_edition:
        with snapshots.dry_run():
            _apply_valid(item, content)
        return content
    _apply_valid(item, content)
    return snapshots.serialize(type(item)._default_manager.get(pk=item.pk))


def _apply_valid(item: Versioned, content: Content) -> None:
    row = type(item)._default_manager.get(pk=item.pk)
    snapshots.apply_content(row, content, is_final=True)
    row.full_clean(exclude=["withdrawal_reason"])
