"""Proposals in the admin: the form of those who may change a row only with a second person, and the page on which that
person publishes or returns what they propose."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.translation import gettext as _

from postportal.publishing.admin.editing import clean_save_note
from postportal.publishing.admin.panels import ItemPanel
from postportal.publishing.admin.versioned import VersionedAdmin
from postportal.publishing.models import Edition, Versioned
from postportal.publishing.models.edition import Stage
from postportal.publishing.models.locking import lock_item
from postportal.publishing.versions import snapshots
from postportal.publishing.versions.comparison import differences
from postportal.publishing.workflow import proposals
from postportal.publishing.workflow.proposals import PROPOSE
from postportal.staff.account_names import full_name_or_username
from postportal.staff.form_state import form_state
from postportal.staff.permissions import change_url, has_model_permission


class ProposalPanel(ItemPanel):
    """Says on the form what is proposed, and brings the page on which it is published or returned."""

    def urls(self) -> list[URLPattern]:
        return [self.path("<path:object_id>/proposal/", self.proposal_view, "proposal")]

    def context(self, request: HttpRequest, item: Versioned | None) -> dict[str, Any]:
        proposal = proposals.open_proposal(item) if item is not None else None
        returned = proposals.returned_note(item) if item is not None and proposal else None
        return {
            "proposal": proposal,
            "proposal_by": full_name_or_username(proposal.submitted_by) if proposal else "",
            "proposal_url": self.url("proposal", item.pk) if item is not None and proposal else "",
            "returned_note": returned,
            "returned_by": full_name_or_username(returned.by) if returned else "",
            "is_proposing": form_state(request).is_proposing,
        }

    def proposal_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        item = self.get_item_or_404(request, object_id)
        if not self.model_admin.has_view_permission(request, item):
            raise PermissionDenied
        proposal = proposals.open_proposal(item)
        if request.method == "POST":
            return self._take_step(request, item)
        if proposal is None:
            raise Http404
        return self._page(request, item, proposal)

    def _page(self, request: HttpRequest, item: Versioned, proposal: Edition, *, note: str = "") -> HttpResponse:
        current = snapshots.serialize(item)
        context = {
            **self.model_admin.admin_site.each_context(request),
            **self.context(request, item),
            "title": _("Proposed changes"),
            "opts": self.opts,
            "media": self.model_admin.media,
            "item": item,
            "differences": differences(self.model, current, proposals.proposed_content(item, proposal)),
            "seen": proposals.mark_of(item),
            "may_decide": self.can_write(request, item) and proposal.stage == Stage.REVIEW,
            "may_discard": self.can_write(request, item) or proposal.is_written_by(request.user),
            "is_own": proposal.is_written_by(request.user),
            "note": note,
            "change_url": change_url(item),
        }
        return TemplateResponse(request, "admin/publishing/proposal.html", context)

    def _take_step(self, request: HttpRequest, item: Versioned) -> HttpResponse:
        step, seen = request.POST.get("step"), request.POST.get("seen", "")
        proposal = proposals.open_proposal(item)
        is_writer = proposal is not None and proposal.is_written_by(request.user)
        if not self.can_write(request, item) and not (step == "discard" and is_writer):
            raise PermissionDenied
        try:
            text = self._performed(step, request, item, seen=seen)
        except ValidationError as error:
            self.model_admin.message_user(request, " ".join(error.messages), messages.ERROR)
            proposal = proposals.open_proposal(item)
            if proposal is not None:
                return self._page(request, item, proposal, note=request.POST.get("note", ""))
            return HttpResponseRedirect(change_url(item))
        self.model_admin.message_user(request, text % {"item": item}, messages.SUCCESS)
        return HttpResponseRedirect(change_url(item))

    def _performed(self, step: str | None, request: HttpRequest, item: Versioned, *, seen: str) -> str:
        if step == "publish":
            proposals.publish(item, by=request.user, seen=seen)
            return _("The changes to “%(item)s” were published.")
        if step == "return":
            note = request.POST.get("note", "")[:2000]
            proposals.return_to_writer(item, by=request.user, seen=seen, note=note)
            return _("The changes to “%(item)s” were returned with your note.")
        if step == "discard":
            with transaction.atomic():
                locked = lock_item(item)
                proposals.require_seen(locked, seen)
                proposals.discard(locked, by=request.user)
            return _("The proposed changes to “%(item)s” were discarded.")
        raise Http404


class ProposalAdmin(VersionedAdmin):
    """Base of the admins of rows that stand on every page. Whoever may change them saves in one step; whoever may
    propose changes sees the same form, and readers see nothing of it until a second person publishes it."""

    panels = [ProposalPanel, *VersionedAdmin.panels]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Only while a form is shown or read whose changes are rolled back.
        return super().has_change_permission(request, obj) or form_state(request).is_proposing

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        item = self.get_item(request, object_id)
        if item is None or self.has_change_permission(request, item) or not self.may_propose(request, item):
            return super().changeform_view(request, object_id, form_url, extra_context)
        form_state(request).is_proposing = True
        extra_context = {
            **(extra_context or {}),
            "show_save_and_continue": False,
            "show_save_and_add_another": False,
            "show_delete_link": False,
            "save_label": _("Submit for review"),
        }
        with transaction.atomic():
            if request.method != "POST":
                return self._show_proposal(request, item, form_url, extra_context)
            return self._save_proposal(request, lock_item(item), form_url, extra_context)

    def may_propose(self, request: HttpRequest, item: Any) -> bool:
        """Return True if the user may propose changes to the row, which somebody else publishes."""
        return not item._state.adding and has_model_permission(request.user, PROPOSE, item)

    def _show_proposal(self, request: HttpRequest, item: Versioned, *args: Any) -> HttpResponse:
        form_state(request).shown_version = proposals.mark_of(item)
        content = proposals.proposed_content(item, proposals.open_proposal(item))
        with snapshots.dry_run():
            for sentence in snapshots.apply_content(item, content, is_for_form=True):
                messages.warning(request, sentence)
            return self.process_form(request, str(item.pk), *args)

    def _save_proposal(self, request: HttpRequest, item: Versioned, *args: Any) -> HttpResponse:
        state = form_state(request)
        if request.POST.get("_version", "") != proposals.mark_of(item):
            self.store_autosave(request, item, request.POST)
            text = _("Someone saved this after you opened it. Your text is stored and offered here.")
            self.message_user(request, text, messages.WARNING)
            return HttpResponseRedirect(change_url(item))
        known = proposals.proposed_content(item, proposals.open_proposal(item))
        state.saved_item, state.is_dry_run = None, True
        with snapshots.dry_run():
            snapshots.apply_content(item, known, is_for_form=True)
            response = self.process_form(request, str(item.pk), *args)
            is_valid = form_state(request).saved_item is not None
            content = snapshots.serialize(self._stored(item), known=known) if is_valid else None
        state.is_dry_run = False
        if content is None:
            return response
        item = self._stored(item)
        proposal = proposals.propose(item, content, by=request.user, note=clean_save_note(request.POST))
        text = _("Your changes to “%(item)s” were submitted. Readers see them once a second person publishes them.")
        unchanged = _("“%(item)s” has no changes to propose.")
        self.message_user(request, (text if proposal else unchanged) % {"item": item}, messages.SUCCESS)
        return self.after_saving(request, item, HttpResponseRedirect(change_url(item)))

    def _stored(self, item: Versioned) -> Versioned:
        row: Versioned = self.model._default_manager.get(pk=item.pk)
        return row
