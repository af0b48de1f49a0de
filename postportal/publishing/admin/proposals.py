"""Proposals in the admin: who saves a row in one step, and who proposes it to a second person in the same form."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from postportal.publishing.admin.proposal_form import ProposalForm
from postportal.publishing.admin.proposal_page import ProposalPanel
from postportal.publishing.admin.publishable import PubliclyTimedAdmin
from postportal.publishing.admin.versioned import VersionedAdmin
from postportal.publishing.models import Versioned
from postportal.publishing.workflow import proposals, proposed_rows
from postportal.staff.form_state import form_state
from postportal.staff.list_links import ListLink
from postportal.staff.permissions import PROPOSE, has_model_permission


class SecondPersonNeededError(Exception):
    """The form was saved by somebody who may not publish what it became. What was saved is rolled back."""


class ProposalAdmin(VersionedAdmin):
    """Base of the admins of rows with proposals. Whoever may publish a row saves in one step; whoever may propose sees
    the same form, and readers see nothing of it until a second person publishes it."""

    panels = [ProposalPanel, *VersionedAdmin.panels]

    # Permissions --------------------------------------------------------------------------------------------------

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) or self._is_proposing(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if self._is_proposing(request):
            return True
        return super().has_change_permission(request, obj) and self._may_publish(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self._may_publish(request, obj)

    def may_propose(self, request: HttpRequest, item: Any) -> bool:
        if item is None:
            return not self.has_add_permission(request) and has_model_permission(request.user, PROPOSE, self.model)
        is_known = item.is_proposed or not item._state.adding
        return is_known and proposals.may_propose(request.user, item)

    def _is_proposing(self, request: HttpRequest) -> bool:
        """Return True while a form of the model is shown or read whose changes are rolled back."""
        return form_state(request).proposed_model is self.model

    def _may_publish(self, request: HttpRequest, item: Versioned | None) -> bool:
        if item is None:
            return True
        # As it was at first: a form that is not valid has changed the row in memory.
        known, key = form_state(request).publishable, (item._meta.label, item.pk)
        if key not in known:
            known[key] = proposals.may_publish(request.user, item)
        return known[key]

    # Rows ---------------------------------------------------------------------------------------------------------

    def get_item(self, request: HttpRequest, object_id: str | None) -> Versioned | None:
        """Return the row with this key in the URL, also a new one that is only proposed."""
        item = super().get_item(request, object_id)
        return item or self._proposed_row(object_id or "")

    def find_row(self, pk: int) -> Any:
        return super().find_row(pk) or self._proposed_row(str(pk))

    def _proposed_row(self, object_id: str) -> Versioned | None:
        is_proposed = proposed_rows.is_proposed_key(object_id)
        return proposed_rows.find_row(self.model, int(object_id)) if is_proposed else None

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        return None if obj is not None and obj.is_proposed else super().get_view_on_site_url(obj)

    # Forms --------------------------------------------------------------------------------------------------------

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        item = self.get_item(request, object_id)
        form = ProposalForm(self, request, item, form_url=form_url, extra_context=extra_context)
        if self._is_proposal(request, object_id, item):
            return form.respond()
        if item is None and request.method == "POST" and proposed_rows.is_proposed_key(object_id or ""):
            return form.keep_for_new()
        if item is not None and item.is_proposed:
            return HttpResponseRedirect(form.page_url(item))
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except SecondPersonNeededError:
            return form.respond(is_compared=True)

    def refuse_unreviewed(self, request: HttpRequest, item: Versioned) -> None:
        if not proposals.may_publish(request.user, item):
            raise ValidationError(_("This would stand on every page, and a second person has to publish that."))

    def after_saving(self, request: HttpRequest, item: Versioned, response: HttpResponse) -> HttpResponse:
        if not self._is_proposing(request) and not proposals.may_publish(request.user, item):
            raise SecondPersonNeededError
        return super().after_saving(request, item, response)

    def _is_proposal(self, request: HttpRequest, object_id: str | None, item: Versioned | None) -> bool:
        if item is None:
            return object_id is None and self.may_propose(request, None)
        if item.is_proposed:
            return self.may_propose(request, item) or proposals.may_decide(request.user, item)
        return not self.has_change_permission(request, item) and self.may_propose(request, item)


class PubliclyTimedProposalAdmin(ProposalAdmin, PubliclyTimedAdmin):
    """The same for rows that are public from one time on."""

    panels = [ProposalPanel, *PubliclyTimedAdmin.panels]


def propose_link(request: HttpRequest, model: type[Model]) -> ListLink | None:
    """Return the link above the list for those who may propose a new row and may not add one."""
    model_admin = admin.site._registry.get(model)
    if not isinstance(model_admin, ProposalAdmin) or not model_admin.may_propose(request, None):
        return None
    return ListLink(_("Propose new %(kind)s") % {"kind": model._meta.verbose_name}, model_admin.add_or_change_url(None))
