"""The site as of a moment to come: staff browse the whole portal as it will be then."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from postportal.publishing.models import PubliclyTimed
from postportal.publishing.previews.banner import PreviewBanner, make_private
from postportal.publishing.versions.snapshots import dry_run
from postportal.publishing.workflow.publish_times import format_publish_time
from postportal.web.caching import has_session

SESSION_KEY = "as_of"
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class AsOfMiddleware:
    """Gives the chosen moment to the whole request, inside a rehearsal: what is due by then goes out before the view is
    called (DueEditionsMiddleware), and comes back when the page has been drawn."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        at = requested_time(request)
        if at is None:
            return self.get_response(request)
        request.moment = at  # type: ignore[attr-defined]
        request.bar = _banner(at)  # type: ignore[attr-defined]
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
    """The moment that this request is to see the portal at; None for now. A session value that was not set for somebody
    who may look ahead means nothing."""
    if not has_session(request) or not _is_public_path(request.path_info):
        return None
    at = parse_time(request.session.get(SESSION_KEY))
    if at is None or at <= timezone.now() or not can_look_ahead(request.user):
        return None
    return at


def parse_time(value: Any) -> dt.datetime | None:
    """The aware moment that the text says; None where it says none."""
    try:
        at = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return at if at is not None and timezone.is_aware(at) else None


def can_look_ahead(user: Any) -> bool:
    """True for staff who may see everything that comes and goes: the whole portal shows embargoes of every kind."""
    timed = [model._meta for model in apps.get_models() if issubclass(model, PubliclyTimed)]
    return bool(
        user.is_active
        and user.is_staff
        and all(user.has_perm(f"{options.app_label}.view_{options.model_name}") for options in timed)
    )


def _is_public_path(path: str) -> bool:
    return not path.startswith((reverse("admin:index"), "/preview/", reverse("healthz")))


def _banner(at: dt.datetime) -> PreviewBanner:
    text = _("as it will be on %(moment)s, if nothing changes until then.") % {"moment": format_publish_time(at)}
    return PreviewBanner(label=_("The site"), text=text, exit_url=reverse("as_of"))
