"""“Li Wen has had this open for 4 minutes”: shown when the form opens, and kept true by the script while it is open."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from postportal.publishing.admin import version_tokens
from postportal.publishing.admin.editing import EditingAdmin
from postportal.publishing.models import Presence, Publishable
from postportal.publishing.versions import revisions


class PresenceAdmin(EditingAdmin):
    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_presence"
        own: list[URLPattern] = [
            path("<path:object_id>/presence/", self.admin_site.admin_view(self.presence_view), name=name)
        ]
        return own + super().get_urls()

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        item = self._get_item(request, object_id) if request.method == "GET" else None
        if item is not None and self.has_change_permission(request, item):
            # Not while what waits is in place: that is undone.
            Presence.objects.mark_seen(item, user=request.user, at=timezone.now())
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        item = kwargs.get("obj")
        if item is not None:
            name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_presence"
            context["presence"] = {
                "address": reverse(name, args=[item.pk]) if self.has_change_permission(request, item) else "",
                "others": describe_others(item, user=request.user, at=timezone.now()),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def presence_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Says that the form is still open, or, with `leave`, that it is not; answers who else has it open."""
        item = self._get_item(request, object_id)
        if item is None or request.method != "POST":
            raise Http404
        if not self.has_change_permission(request, item):
            raise PermissionDenied
        at = timezone.now()
        if "leave" in request.POST:
            Presence.objects.of(item).filter(user_id=request.user.pk or 0).delete()
            return JsonResponse({})
        Presence.objects.mark_seen(item, user=request.user, at=at)
        return JsonResponse(
            {"others": describe_others(item, user=request.user, at=at), "saved": _newer_save_message(request, item)}
        )


def describe_others(item: Publishable, *, user: Any, at: dt.datetime) -> list[str]:
    said = []
    for presence in Presence.objects.others(item, user=user, at=at):
        minutes, name = presence.minutes_open(at), presence.user.get_full_name() or presence.user.get_username()
        text = ngettext(
            "%(name)s has had this open for %(minutes)s minute.",
            "%(name)s has had this open for %(minutes)s minutes.",
            minutes,
        )
        said.append((text if minutes else _("%(name)s has just opened this.")) % {"name": name, "minutes": minutes})
    return said


def _newer_save_message(request: HttpRequest, item: Publishable) -> str:
    """Whether somebody has saved since the form was opened."""
    shown = version_tokens.parse_shown_number(request.POST.get("_version", ""))
    if shown is None or revisions.current_version(item) <= shown:
        return ""
    newest = version_tokens.latest_revision(item)
    if newest is None or newest.by is None or newest.by == request.user:
        return ""
    name = newest.by.get_full_name() or newest.by.get_username()
    return _("%(name)s has saved it meanwhile. When you save, you see both texts.") % {"name": name}
