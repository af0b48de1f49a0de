"""Links for people without an account: made, listed and revoked under the form."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from postportal.publishing.admin.editing import EditingAdmin
from postportal.publishing.admin.panels import panel_response
from postportal.publishing.models import PreviewLink, Publishable, State
from postportal.publishing.models.preview_link import create_link
from postportal.publishing.versions import revisions
from postportal.publishing.workflow.publish_times import format_publish_time

DAY_CHOICES = (1, 3, 7, 14, 30)
DEFAULT_DAYS = 7
MAX_ENDED_LINKS = 5


class PreviewLinkForm(forms.Form):
    days = forms.TypedChoiceField(
        label=gettext_lazy("It ends after"),
        coerce=int,
        initial=DEFAULT_DAYS,
        choices=lambda: [(days, ngettext("%(n)s day", "%(n)s days", days) % {"n": days}) for days in DAY_CHOICES],
    )


class PreviewLinksAdmin(EditingAdmin):
    def get_urls(self) -> list[Any]:
        def own(address: str, view: Any, name: str) -> Any:
            return path(address, self.admin_site.admin_view(view), name=f"{self._url_name_prefix}_{name}")

        return [
            own("<path:object_id>/share/<int:link_id>/revoke/", self.revoke_view, "revoke"),
            own("<path:object_id>/share/", self.share_view, "share"),
            *super().get_urls(),
        ]

    @property
    def _url_name_prefix(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        item = kwargs.get("obj")
        if item is not None and self._can_share(request, item):
            context |= self._links_context(request, item)
        return super().render_change_form(request, context, *args, **kwargs)

    def share_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        item = self._get_shareable_item(request, object_id)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        form = PreviewLinkForm(request.POST)
        if not form.is_valid() or not _has_unpublished_text(item):
            text = _("No link was made: nothing waits beside what readers see, or its end was not said.")
            return self._links_response(request, item, text, messages.ERROR)
        now = timezone.now()
        expires_at = now + dt.timedelta(days=form.cleaned_data["days"])
        _link, address = create_link(item, revisions.open_edition(item), by=request.user, at=now, expires_at=expires_at)
        whole = request.build_absolute_uri(address)
        text = format_html(
            _("Whoever has this address can read it until {}. It is shown only now: {}"),
            format_publish_time(expires_at),
            format_html('<a href="{}">{}</a>', whole, whole),
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
            link.revoked_at = timezone.now()
            link.save()
        return self._links_response(
            request, item, _("The link is revoked: its address leads nowhere now."), messages.SUCCESS
        )

    def _get_shareable_item(self, request: HttpRequest, object_id: str) -> Publishable:
        item = self._get_item(request, object_id)
        if item is None:
            raise Http404
        if not self._can_share(request, item):
            raise PermissionDenied
        return item

    def _can_share(self, request: HttpRequest, item: Publishable) -> bool:
        """Who works on it, and who may publish it: also while it is scheduled and nobody changes it."""
        may_publish = request.user.has_perm(f"{self.opts.app_label}.publish_{self.opts.model_name}")
        return self.has_change_permission(request, item) or (self.has_view_permission(request, item) and may_publish)

    def _links_context(self, request: HttpRequest, item: Publishable) -> dict[str, Any]:
        now = timezone.now()
        edition = revisions.open_edition(item)
        links = list(PreviewLink.objects.of(item).select_related("edition", "created_by").newest_first())
        for link in links:
            # What is asked of its item is known here.
            link.item = item
        alive = [link for link in links if link.is_usable(now)]
        return {
            "link_form": PreviewLinkForm(auto_id="id_link_%s")
            if _has_unpublished_text(item, edition=edition)
            else None,
            "share_address": reverse(f"admin:{self._url_name_prefix}_share", args=[item.pk]),
            "links": [
                (
                    link,
                    format_publish_time(link.expires_at),
                    reverse(f"admin:{self._url_name_prefix}_revoke", args=[item.pk, link.pk]),
                )
                for link in alive
            ],
            "ended_links": [link for link in links if link not in alive][:MAX_ENDED_LINKS],
        }

    def _links_response(self, request: HttpRequest, item: Publishable, text: Any, level: int) -> HttpResponse:
        form_address = reverse(f"admin:{self._url_name_prefix}_change", args=[item.pk])
        context = self._links_context(request, item)
        return panel_response(request, panel="shared", change_url=form_address, text=text, level=level, context=context)


def _has_unpublished_text(item: Publishable, *, edition: Any = None) -> bool:
    if item.state in (State.DRAFT, State.SCHEDULED):
        return True
    edition = edition or revisions.open_edition(item)
    return edition is not None
