"""Presence of colleagues at a form: “Li Wen has had this open for 4 minutes.”

It is shown when the form opens, and a script keeps it up to date while the form is open.
"""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from postportal.publishing.admin import version_tokens
from postportal.publishing.admin.panels import ItemPanel
from postportal.publishing.models import Presence, Versioned
from postportal.publishing.versions import revisions
from postportal.staff.account_names import full_name_or_username


class PresencePanel(ItemPanel):
    def urls(self) -> list[URLPattern]:
        return [self.path("<path:object_id>/presence/", self.presence_view, "presence")]

    def on_open(self, request: HttpRequest, item: Versioned) -> None:
        if self.can_type(request, item):
            Presence.objects.mark_seen(item, user=request.user, at=timezone.now())

    def context(self, request: HttpRequest, item: Versioned | None) -> dict[str, Any]:
        if item is None:
            return {}
        presence = {
            "url": self.url("presence", item.pk) if self.can_type(request, item) else "",
            "others": describe_others(item, user=request.user, at=timezone.now()),
        }
        return {"presence": presence}

    def presence_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Note that the form is still open or, with `leave`, that it was closed; return who else has it open."""
        item = self.get_item_or_404(request, object_id)
        if request.method != "POST":
            raise Http404
        if not self.can_type(request, item):
            raise PermissionDenied
        at = timezone.now()
        if "leave" in request.POST:
            Presence.objects.of(item).filter(user_id=request.user.pk or 0).delete()
            return JsonResponse({})
        Presence.objects.mark_seen(item, user=request.user, at=at)
        others = describe_others(item, user=request.user, at=at)
        return JsonResponse({"others": others, "saved": _newer_save_message(request, item)})


def describe_others(item: Versioned, *, user: Any, at: dt.datetime) -> list[str]:
    """Return a sentence for each other user who has the form open."""
    sentences = []
    for presence in Presence.objects.others(item, user=user, at=at):
        minutes = presence.minutes_open(at)
        values = {"name": full_name_or_username(presence.user), "minutes": minutes}
        text = ngettext(
            "%(name)s has had this open for %(minutes)s minute.",
            "%(name)s has had this open for %(minutes)s minutes.",
            minutes,
        )
        sentences.append((text if minutes else _("%(name)s has just opened this.")) % values)
    return sentences


def _newer_save_message(request: HttpRequest, item: Versioned) -> str:
    """Return a sentence if somebody else has saved the item since the form was opened, else ""."""
    shown = version_tokens.parse_shown_number(request.POST.get("_version", ""))
    if shown is None or revisions.current_version(item) <= shown:
        return ""
    newest = version_tokens.latest_revision(item)
    if newest is None or newest.by is None or newest.by == request.user:
        return ""
    text = _("%(name)s has saved a newer version. When you save, you will see both versions.")
    return text % {"name": full_name_or_username(newest.by)}
