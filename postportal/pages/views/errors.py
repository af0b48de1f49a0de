"""Error pages, and the page for items that are gone."""

import datetime as dt
import sys
from typing import cast

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from postportal.pages.models import Redirect, SiteSettings
from postportal.publishing.models import Publishable
from postportal.publishing.workflow.updates import last_public_name
from postportal.staff.error_pages import CSRF_FAILURE, form_limits, is_staff_url, offline_staff_error, staff_error
from postportal.web.caching import set_public_cache_policy
from postportal.web.languages import html_language, localized_text


def item_gone(request: HttpRequest, item: Publishable) -> HttpResponse:
    """Return the page that says what was removed, when and why, for items that are gone (`Publishable.is_gone`)."""
    # If the publisher entered a new URL, readers are redirected there instead.
    moved = Redirect.objects.for_address(host="", path=str(item.get_absolute_url())).first()  # type: ignore[attr-defined]
    if moved and moved.new_address:
        response = HttpResponsePermanentRedirect(moved.new_address)
        set_public_cache_policy(response, request=request)
        return response
    reason = item.withdrawal_reason or _("It was published for a limited time.")
    return page_gone(
        request, reason=reason, item_name=last_public_name(item), removed_at=item.withdrawn_at or item.expire_at
    )


def page_gone(
    request: HttpRequest, *, reason: str, item_name: str = "", removed_at: dt.datetime | None = None
) -> HttpResponse:
    return _render_error(request, "gone.html", status=410, item_name=item_name, reason=reason, removed_at=removed_at)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_staff_url(request):
        return staff_error(request, 404)
    return _render_error(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_staff_url(request):
        return staff_error(request, 403)
    return _render_error(request, "403.html", status=403, is_form=False)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form without a valid CSRF token. `reason` is for developers and not shown."""
    recovered = admin.site.csrf_failure_response(request)  # type: ignore[attr-defined]
    if recovered is not None:
        return cast("HttpResponse", recovered.render())
    if is_staff_url(request):
        return staff_error(request, 403, kind=CSRF_FAILURE)
    return _render_error(request, "403.html", status=403, is_form=True)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    # With GET, they are parameters of the URL.
    is_too_large = request.method == "POST" and isinstance(
        exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent
    )
    if is_staff_url(request):
        return staff_error(request, 413) if is_too_large else offline_staff_error(400)
    if is_too_large:
        text = _(
            "Nothing was sent. A form can contain up to %(size)s MB of text and %(fields)s fields. "
            "Go back in your browser and shorten your text."
        )
        return _render_offline(
            request, "proxy_error.html", status=413, heading=_("The form is too large"), text=text % form_limits()
        )
    # The host may be invalid: everything that asks the request for it would fail again.
    return _render_offline(request, "400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    is_unavailable = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status = 503 if is_unavailable else 500
    is_staff = is_staff_url(request)
    response = offline_staff_error(status) if is_staff else _render_offline(request, "500.html", status=status)
    if not is_unavailable:
        return response
    # The database is not available, which is usually temporary.
    response.headers["Retry-After"] = "10"
    return response


def _render_error(request: HttpRequest, template: str, *, status: int, **context: object) -> HttpResponse:
    # The page does not exist in other languages either, so link to their home pages.
    alternates = [(html_language(code), name, _home_url(code)) for code, name in settings.LANGUAGES]
    others = [row for row in alternates if row[0] != html_language(get_language() or settings.LANGUAGE_CODE)]
    response = render(request, template, {"alternates": others, **context}, status=status)
    if status == 403:
        add_never_cache_headers(response)
    else:
        set_public_cache_policy(response, request=request)
    return response


def _home_url(language: str) -> str:
    with translation.override(language):
        return reverse("home")


def _render_offline(request: HttpRequest, template: str, *, status: int, **texts: str) -> HttpResponse:
    """Render without database, cache and anything of the request but its path, since any of them may have failed."""
    site = SiteSettings.last_loaded or SiteSettings()
    context = {
        "name": localized_text(site, "name"),
        "brand": site.brand,
        "language": html_language(get_language() or settings.LANGUAGE_CODE),
        "path": request.path,
        **texts,
    }
    response = HttpResponse(render_to_string(template, context), status=status)
    add_never_cache_headers(response)
    return response
