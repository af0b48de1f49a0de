"""Security headers of every response, and rejection of requests that no view can handle."""

import codecs
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import parse_header_parameters
from django.utils.translation import gettext as _

from postportal.web.bearer_urls import is_bearer_url
from postportal.web.private_responses import make_private

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

GetResponse = Callable[[HttpRequest], HttpResponseBase]

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media"),
        *("geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment", "usb", "xr-spatial-tracking"),
    )
)
_FORM_TYPES = {"application/x-www-form-urlencoded", "multipart/form-data"}
_FORM_CHARSETS = {"utf-8", "ascii"}


class SecurityHeadersMiddleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if is_bearer_url(request.path_info):
            make_private(response, has_key=True)
        # An uploaded file may have a stricter policy of its own.
        response.headers.setdefault("Content-Security-Policy", content_security_policy())
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        # Django's own middleware sends these, but not with its response to an unknown host.
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        response.headers.setdefault("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY)
        return response


def content_security_policy(**changed: list[str]) -> str:
    """Return the policy of settings.SECURE_CSP, with the directives in `changed` replaced: `frame_src=["'self'"]`."""
    policy = {**settings.SECURE_CSP, **{name.replace("_", "-"): sources for name, sources in changed.items()}}
    return "; ".join(" ".join([name, *sources]) for name, sources in policy.items())


class CharsetMiddleware:
    """Reject requests that Django cannot decode: its own error handler would read the form again and fail."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _is_readable_form(request):
            return _refuse(_("This form was sent in an unsupported encoding. Use UTF-8."), status=415)
        if _has_nul(request):
            # PostgreSQL does not store NUL in text, and no URL or cookie of the portal contains it.
            return _refuse(_("The URL contains a character that is not allowed."), status=400)
        return self.get_response(request)


def guard_content_type(application: "WSGIApplication") -> "WSGIApplication":
    """Wrap the whole application: Django fails on a malformed Content-Type before any middleware runs."""

    def guarded(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if content_type := environ.get("CONTENT_TYPE"):
            try:
                parse_header_parameters(content_type)
            except (ValueError, LookupError):
                environ["CONTENT_TYPE"] = "application/x-www-form-urlencoded; charset=unreadable"
        return application(environ, start_response)

    return guarded


def _is_readable_form(request: HttpRequest) -> bool:
    if request.content_type not in _FORM_TYPES:
        return True
    # Not request.encoding: Django sets it only for a charset it knows.
    charset = (request.content_params or {}).get("charset", "utf-8")
    try:
        return codecs.lookup(charset).name in _FORM_CHARSETS
    except (LookupError, ValueError):
        return False


def _has_nul(request: HttpRequest) -> bool:
    query = request.META.get("QUERY_STRING", "")
    return "\0" in request.path or "%00" in query or "\0" in query or "\0" in "".join(request.COOKIES.values())


def _refuse(text: str, *, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
