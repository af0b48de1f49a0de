"""Preview of the whole site at a future time, for staff."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from postportal.publishing.models import PubliclyTimed
from postportal.publishing.previews.banner import PreviewBanner
from postportal.publishing.versions.snapshots import dry_run
from postportal.publishing.workflow.publish_times import format_publish_time
from postportal.staff.permissions import has_model_permission
from postportal.web.caching import has_session
from postportal.web.date_ranges import RECORD_DAYS
from postportal.web.private_responses import make_private

SESSION_KEY = "as_of"
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class AsOfMiddleware:
    """Answer requests as of the chosen time, in a dry run: DueEditionsMiddleware publishes everything due by then, and
    it is rolled back after the page has been rendered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        at = requested_time(request)
        if at is None:
            return self.get_response(request)
        request.request_time = at  # type: ignore[attr-defined]
        request.banner = _banner(at)  # type: ignore[attr-defined]
        for name in [name for name in request.META if name.startswith("HTTP_IF_")]:
            del request.META[name]
        with dry_run():
            response = self._respond(request)
        make_private(response)
        return response

    def _respond(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in SAFE_METHODS:
            return render(request, "publishing/read_only.html", status=403)
        return self.get_response(request)


def requested_time(request: HttpRequest) -> dt.datetime | None:
    """Return the future time for which the request is answered, or None. The value in the session is ignored if the
    user may not preview the site."""
    if not has_session(request) or not _is_public_path(request.path_info):
        return None
    at = parse_time(request.session.get(SESSION_KEY))
    if at is None or at <= timezone.now() or not can_look_ahead(request.user):
        return None
    return at


def parse_time(value: Any) -> dt.datetime | None:
    """Return the aware time that the text represents, or None. Times that no form accepts are None, too."""
    try:
        at = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return at if at is not None and timezone.is_aware(at) and RECORD_DAYS.includes(at) else None


def can_look_ahead(user: Any) -> bool:
    """Return True for staff who can view all models with publication times: the site shows embargoes of each."""
    timed = [model for model in apps.get_models() if issubclass(model, PubliclyTimed)]
    return bool(user.is_staff and all(has_model_permission(user, "view", model) for model in timed))


def _is_public_path(path: str) -> bool:
    # Staff may see every picture, and a dry run for each would be slow.
    others = (reverse("admin:index"), "/preview/", settings.MEDIA_URL, reverse("healthz"), reverse("livez"))
    return not path.startswith(others)


def _banner(at: dt.datetime) -> PreviewBanner:
    text = _("as it will look on %(time)s if nothing changes before then.") % {"time": format_publish_time(at)}
    return PreviewBanner(label=_("Preview of the site"), text=text, exit_url=reverse("as_of"))
