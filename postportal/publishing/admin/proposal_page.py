"""The page of a proposal, on which a second person publishes, returns or declines it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from postportal.publishing.admin.panels import ItemPanel
from postportal.publishing.models import Comment, Edition, Versioned
from postportal.publishing.models.edition import Stage
from postportal.publishing.versions import snapshots
from postportal.publishing.versions.comparison import EMPTY_CONTENT, differences
from postportal.publishing.workflow import proposals
from postportal.staff.account_names import full_name_or_username
from postportal.staff.form_state import form_state
from postportal.staff.permissions import change_url

OUTCOMES = "proposal-outcomes"


class ProposalPanel(ItemPanel):
    """Says on the form what is proposed, and brings the page on which it is published, returned or declined."""

    def urls(self) -> list[URLPattern]:
        return [
            self.path("proposals/<int:key>/dismiss/", require_POST(self.dismiss_view), "dismiss_outcome"),
            self.path("<path:object_id>/proposal/", self.proposal_view, "proposal"),
        ]

    def context(self, request: HttpRequest, item: Versioned | None) -> dict[str, Any]:
        is_new = item is not None and item.is_proposed
        proposal = proposals.open_proposal(item) if item is not None else None
        refused = proposals.returned_note(item) if item is not None and (proposal or is_new) else None
        return {
            "proposal": proposal,
            "proposal_by": full_name_or_username(proposal.submitted_by) if proposal else "",
            "proposal_url": self.url("proposal", item.pk) if item is not None and proposal else "",
            "refused_note": refused,
            "refused_by": full_name_or_username(refused.by) if refused else "",
            "is_new": is_new,
            "is_proposing": form_state(request).is_proposing,
        }

    def proposal_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        item = self.get_item_or_404(request, object_id)
        if not self.model_admin.has_view_permission(request, item):
            raise PermissionDenied
        if request.method == "POST":
            return self._take_step(request, item)
        proposal = proposals.open_proposal(item)
        if proposal is None and not item.is_proposed:
            raise Http404
        return self._page(request, item, proposal)

    def dismiss_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Take what became of a proposal off the list of its writer."""
        outcomes = Comment.objects.filter(pk=key, edition__writers=request.user, done_at__isnull=True)  # type: ignore[misc]
        if not outcomes.update(done_at=timezone.now(), done_by=request.user):
            raise Http404
        return HttpResponseRedirect(reverse("admin:work_queue", args=[OUTCOMES]))

    def _page(self, request: HttpRequest, item: Versioned, proposal: Edition | None, *, note: str = "") -> HttpResponse:
        user, is_waiting = request.user, proposal is not None and proposal.stage == Stage.REVIEW
        is_own = proposal is not None and proposal.is_written_by(user)
        may_decide = proposals.may_decide(user, item)
        current = EMPTY_CONTENT if item.is_proposed else snapshots.serialize(item)
        context = {
            **self.model_admin.admin_site.each_context(request),
            **self.context(request, item),
            "title": _("Proposed: new %(kind)s") % {"kind": self.opts.verbose_name}
            if item.is_proposed
            else _("Proposed changes"),
            "opts": self.opts,
            "media": self.model_admin.media,
            "item": item,
            "differences": differences(self.model, current, proposals.proposed_content(item, proposal)),
            "seen": proposals.mark_of(item),
            "may_decide": may_decide and is_waiting,
            "may_discard": proposal is not None and (is_own or (may_decide and not is_waiting)),
            "is_own": is_own,
            "note": note,
            "change_url": change_url(item),
        }
        return TemplateResponse(request, "admin/publishing/proposal.html", context)

    def _take_step(self, request: HttpRequest, item: Versioned) -> HttpResponse:
        step, seen = request.POST.get("step"), request.POST.get("seen", "")
        proposal = proposals.open_proposal(item)
        is_writer = proposal is not None and proposal.is_written_by(request.user)
        if not proposals.may_decide(request.user, item) and not (step == "discard" and is_writer):
            raise PermissionDenied
        try:
            text, url = self._performed(step, request, item, seen=seen)
        except ValidationError as error:
            self.model_admin.message_user(request, " ".join(error.messages), messages.ERROR)
            proposal = proposals.open_proposal(item)
            if proposal is not None:
                return self._page(request, item, proposal, note=request.POST.get("note", ""))
            return HttpResponseRedirect(self._url_without_proposal(item))
        self.model_admin.message_user(request, text % {"item": item}, messages.SUCCESS)
        return HttpResponseRedirect(url)

    def _url_without_proposal(self, item: Versioned) -> str:
        return str(self.model_admin.changelist_url()) if item.is_proposed else change_url(item)

    def _performed(self, step: str | None, request: HttpRequest, item: Versioned, *, seen: str) -> tuple[str, str]:
        """Take the step. Return the message and where to go."""
        note, user, is_new = request.POST.get("note", "")[:2000], request.user, item.is_proposed
        if step == "publish":
            row = proposals.publish(item, by=user, seen=seen)
            text = _("“%(item)s” was added.") if is_new else _("The changes to “%(item)s” were published.")
            return text, change_url(row)
        if step == "return":
            proposals.return_to_writer(item, by=user, seen=seen, note=note)
            text = _("“%(item)s” was returned with your note.")
            changes = _("The changes to “%(item)s” were returned with your note.")
            return (text if is_new else changes), self._url_without_proposal(item)
        if step == "decline":
            proposals.decline(item, by=user, seen=seen, note=note)
            text = _("“%(item)s” was declined with your note.")
            changes = _("The changes to “%(item)s” were declined with your note.")
            return (text if is_new else changes), self._url_without_proposal(item)
        if step == "discard":
            with transaction.atomic():
                locked = proposals.lock(item)
                proposals.require_seen(locked, seen)
                proposals.discard(locked, by=user)
            return _("What was proposed for “%(item)s” was discarded."), self._url_without_proposal(item)
        raise Http404
