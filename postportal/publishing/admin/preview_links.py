"""Preview links for people without an account: created, listed and revoked under the form."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.publishing.admin.panels import ItemPanel
from postportal.publishing.models import PreviewLink, Publishable, State
from postportal.publishing.models.preview_link import create_link
from postportal.publishing.versions import revisions
from postportal.publishing.workflow.publish_times import format_publish_time
from postportal.staff.permissions import has_model_permission
from postportal.web.site_url import absolute_url

DAY_CHOICES = (1, 3, 7, 14, 30)
DEFAULT_DAYS = 7
MAX_ENDED_LINKS = 5


class PreviewLinkForm(forms.Form):
    days = forms.TypedChoiceField(
        label=gettext_lazy("Expires after"),
        coerce=int,
        initial=DEFAULT_DAYS,
        choices=lambda: [(days, ngettext("%(n)s day", "%(n)s days", days) % {"n": days}) for days in DAY_CHOICES],
    )


class PreviewLinksPanel(ItemPanel):
    name = "preview_links"

    def urls(self) -> list[URLPattern]:
        return [
            self.path("<path:object_id>/share/<int:link_id>/revoke/", self.revoke_view, "revoke"),
            self.path("<path:object_id>/share/", self.share_view, "share"),
        ]

    def context(self, request: HttpRequest, item: Publishable | None) -> dict[str, Any]:
        return self._links_context(item) if item is not None and self._can_share(request, item) else {}

    def share_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        item = self._get_shareable_item(request, object_id)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        form = PreviewLinkForm(request.POST)
        if not form.is_valid() or not _has_unpublished_text(item):
            text = _("No link was created: there are no unpublished changes, or no expiry was chosen.")
            return self._links_response(request, item, text, messages.ERROR)
        now = timezone.now()
        expires_at = now + dt.timedelta(days=form.cleaned_data["days"])
        with transaction.atomic():
            link, path = create_link(item, revisions.open_edition(item), by=request.user, at=now, expires_at=expires_at)
            detail = f"link {link.pk}, until {expires_at.isoformat(timespec='minutes')}"
            log_action(Action.PREVIEW_MAKE, request=request, item=item, detail=detail)
        url = absolute_url(request, path)
        text = format_html(
            _("Anyone with this link can see the preview until {}. Copy the link now. It will not be shown again: {}"),
            format_publish_time(expires_at),
            format_html('<a href="{}">{}</a>', url, url),
        )
        return self._links_response(request, item, text, messages.SUCCESS)

    def revoke_view(self, request: HttpRequest, object_id: str, link_id: int) -> HttpResponse:
        item = self._get_shareable_item(request, object_id)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        link = PreviewLink.objects.of(item).filter(pk=link_id).first()
        if link is None:
            raise Http404
        if link.revoked_at is None:
            with transaction.atomic():
                link.revoked_at = timezone.now()
                link.save()
                log_action(Action.PREVIEW_REVOKE, request=request, item=item, detail=f"link {link.pk}")
        return self._links_response(request, item, _("Link revoked. It no longer works."), messages.SUCCESS)

    def _get_shareable_item(self, request: HttpRequest, object_id: str) -> Publishable:
        item: Publishable = self.get_item_or_404(request, object_id)
        if not self._can_share(request, item):
            raise PermissionDenied
        return item

    def _can_share(self, request: HttpRequest, item: Publishable) -> bool:
        """Return True if the user may change the item, or view and publish it: a scheduled item can be shared, too."""
        can_publish = has_model_permission(request.user, "publish", item)
        return self.can_write(request, item) or (
            can_publish and bool(self.model_admin.has_view_permission(request, item))
        )

    def _links_context(self, item: Publishable) -> dict[str, Any]:
        now = timezone.now()
        edition = revisions.open_edition(item)
        links = list(PreviewLink.objects.of(item).select_related("edition", "created_by").newest_first())
        for link in links:
            # Saves the query for the item of each link.
            link.item = item
        active = [link for link in links if link.is_usable(now)]
        can_create = _has_unpublished_text(item, edition=edition)
        return {
            "link_form": PreviewLinkForm(auto_id="id_link_%s") if can_create else None,
            "share_url": self.url("share", item.pk),
            "active_links": [
                (link, format_publish_time(link.expires_at), self.url("revoke", item.pk, link.pk)) for link in active
            ],
            "ended_links": [link for link in links if link not in active][:MAX_ENDED_LINKS],
        }

    def _links_response(self, request: HttpRequest, item: Publishable, text: Any, level: int) -> HttpResponse:
        return self.panel_response(request, item, text=text, level=level, context=self._links_context(item))


def _has_unpublished_text(item: Publishable, *, edition: Any = None) -> bool:
    if item.state in (State.DRAFT, State.SCHEDULED):
        return True
    edition = edition or revisions.open_edition(item)
    return edition is not None
