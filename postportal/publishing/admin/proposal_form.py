"""The form of a proposal: the stock form over what is proposed, whose changes are rolled back and kept as JSON."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from postportal.publishing.admin.editing import clean_save_note
from postportal.publishing.models import Versioned
from postportal.publishing.versions import snapshots
from postportal.publishing.versions.snapshots import Content
from postportal.publishing.workflow import proposals, proposed_rows
from postportal.staff.form_state import form_state
from postportal.staff.permissions import change_url, has_model_permission


class ProposalForm:
    """One request for the form of a row that is proposed, `item`; None for one that nobody has proposed yet."""

    def __init__(
        self,
        model_admin: Any,
        request: HttpRequest,
        item: Versioned | None,
        *,
        form_url: str,
        extra_context: dict[str, Any] | None,
    ) -> None:
        self.admin, self.request, self.item, self.form_url = model_admin, request, item, form_url
        self.extra_context = {**(extra_context or {}), **self._buttons()}

    def _buttons(self) -> dict[str, Any]:
        item = self.item
        buttons = {
            "show_save_and_continue": False,
            "show_save_and_add_another": False,
            "show_delete_link": False,
            "save_label": _("Submit for review"),
        }
        if item is None:
            buttons["title"] = _("Propose new %(kind)s") % {"kind": self.admin.opts.verbose_name}
        elif item.is_proposed:
            buttons["title"] = _("Proposed: new %(kind)s") % {"kind": item._meta.verbose_name}
            if self._may_make(item):
                buttons["save_label"] = _("Save and publish")
        return buttons

    def _may_make(self, row: Versioned) -> bool:
        """Return True if the user could have added the proposed row without anybody."""
        user = self.request.user
        return has_model_permission(user, "add", type(row)) and proposals.may_publish(user, row)

    def page_url(self, item: Versioned) -> str:
        options = item._meta
        return reverse(f"admin:{options.app_label}_{options.model_name}_proposal", args=[item.pk])

    def respond(self, *, is_compared: bool = False) -> HttpResponse:
        """Show the form, or propose what is typed in it. `is_compared`: it showed the row as readers see it, and was
        compared with that."""
        form_state(self.request).proposed_model = self.admin.model
        with transaction.atomic():
            if self.request.method != "POST":
                return self._show()
            try:
                item = self.item and proposals.lock(self.item)
            except self.admin.model.DoesNotExist:
                return self.keep_for_new()
            return self._keep(item) if self._is_outdated(item, is_compared) else self._save(item)

    def keep_for_new(self) -> HttpResponse:
        """Store what was typed into the form of a row that is gone, for the form of a new one."""
        return self._keep(None, text=_("It was published or deleted after you opened it. Your text is offered here."))

    def _show(self) -> HttpResponse:
        item = self.item
        if item is None:
            return self._stock_form(None)
        form_state(self.request).shown_version = proposals.mark_of(item)
        content = proposals.proposed_content(item, proposals.open_proposal(item))
        with snapshots.dry_run():
            for sentence in snapshots.apply_content(item, content, is_for_form=True):
                messages.warning(self.request, sentence)
            return self._stock_form(item)

    def _stock_form(self, item: Versioned | None) -> HttpResponse:
        key = str(item.pk) if item else None
        response: HttpResponse = self.admin.process_form(self.request, key, self.form_url, self.extra_context)
        return response

    def _is_outdated(self, item: Versioned | None, is_compared: bool) -> bool:
        if item is None:
            return False
        if is_compared:
            # What somebody else has proposed was not in the form.
            return proposals.open_proposal(item) is not None
        return self.request.POST.get("_version", "") != proposals.mark_of(item)

    def _keep(self, item: Versioned | None, *, text: str = "") -> HttpResponse:
        """Store what was typed into an outdated form."""
        self.admin.store_autosave(self.request, item, self.request.POST)
        text = text or _("Someone saved this after you opened it. Your text is stored and offered here.")
        self.admin.message_user(self.request, text, messages.WARNING)
        return HttpResponseRedirect(self.admin.add_or_change_url(item.pk if item else None))

    def _save(self, item: Versioned | None) -> HttpResponse:
        known = proposals.proposed_content(item, proposals.open_proposal(item)) if item else None
        response, content = self._read(item, known)
        if content is None:
            return response
        try:
            row = self._store(item, content)
        except ValidationError as error:
            self.admin.store_autosave(self.request, item, self.request.POST)
            self.admin.message_user(self.request, " ".join(error.messages), messages.ERROR)
            return HttpResponseRedirect(self.admin.add_or_change_url(item.pk if item else None))
        saved: HttpResponse = self.admin.after_saving(self.request, row, HttpResponseRedirect(change_url(row)))
        return saved

    def _read(self, item: Versioned | None, known: Content | None) -> tuple[HttpResponse, Content | None]:
        """Return the response of the stock form and the content that it would save, None where it is not valid."""
        state = form_state(self.request)
        state.saved_item, state.is_dry_run = None, True
        with snapshots.dry_run():
            if item is not None and known is not None:
                snapshots.apply_content(item, known, is_for_form=True)
            response = self._stock_form(item)
            content = self._content_of(state.saved_item, item, known) if state.saved_item else None
        state.is_dry_run = False
        return response, content

    def _content_of(self, saved: Any, item: Versioned | None, known: Content | None) -> Content:
        row = type(saved)._default_manager.get(pk=saved.pk)
        if item is None or item.is_proposed:
            return proposed_rows.full_content(row, known=known)
        return snapshots.serialize(row, known=known)

    def _store(self, item: Versioned | None, content: Content) -> Versioned:
        """Propose the content, or make the row if the user could have added it. Return the row."""
        user, note = self.request.user, clean_save_note(self.request.POST)
        if item is not None and not item.is_proposed:
            stored = self.admin.model._default_manager.get(pk=item.pk)
            proposal = proposals.propose(stored, content, by=user, note=note)
            text = _("Your changes to “%(item)s” were submitted. Readers see them once a second person publishes them.")
            return self._report(stored, text if proposal else _("“%(item)s” has no changes to propose."))
        key = item.pk if item else proposed_rows.new_key()
        row = proposed_rows.row_with(self.admin.model, key, content)
        proposal = proposals.open_proposal(row)
        if proposal is not None and self._may_make(row):
            made = proposals.accept(row, proposal, proposed_rows.only_content(content), by=user)
            return self._report(made, _("“%(item)s” was added."))
        proposals.propose(row, content, by=user, note=note)
        return self._report(row, _("“%(item)s” was submitted. Readers see it once a second person publishes it."))

    def _report(self, row: Versioned, text: str) -> Versioned:
        self.admin.message_user(self.request, text % {"item": row}, messages.SUCCESS)
        return row
