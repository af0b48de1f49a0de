"""Error pages of the staff side: in the look of the admin, with a way back."""

from typing import Any, NamedTuple

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from postportal.staff.permissions import can_view, change_url_for
from postportal.web.languages import html_language
from postportal.web.row_keys import is_row_key

MEGABYTE = 1024 * 1024
# Not a status of its own: a form without a valid CSRF token is refused with 403.
CSRF_FAILURE = "csrf"


class _Text(NamedTuple):
    title: str | Promise
    text: str | Promise


_TEXTS: dict[int | str, _Text] = {
    400: _Text(_("There is a problem with this request"), _("Nothing was changed. Go back and try again.")),
    403: _Text(
        _("You do not have permission to do this"),
        _(
            "Your role does not allow it, or the item is at a stage at which you cannot change it. "
            "Ask a colleague who can publish it, or an administrator."
        ),
    ),
    CSRF_FAILURE: _Text(
        _("The form could not be sent"),
        _(
            "For your security, forms are checked with a cookie. Yours was missing or had expired. "
            "Nothing was changed. "
            "Go back in your browser, copy what you typed, reload the page and send the form again."
        ),
    ),
    404: _Text(_("Page not found"), _("The item has been deleted, or the URL is wrong.")),
    405: _Text(_("This page cannot be opened directly"), _("Use the button or the form that leads to it.")),
    413: _Text(
        _("The form is too large"),
        _(
            "Nothing was changed. A form can contain up to %(size)s MB of text and %(fields)s fields. "
            "Go back in your browser, where your text still is, copy it to a file, and shorten it before you save it."
        ),
    ),
    500: _Text(
        _("Sorry, something went wrong"),
        _("The problem is on our side and has been recorded. Nothing was changed. Go back and try again in a minute."),
    ),
}


def is_staff_url(request: HttpRequest) -> bool:
    """Return True if the request is for a page of the staff side."""
    return request.path.startswith(reverse("admin:index"))


def staff_error(request: HttpRequest, status: int, *, kind: str = "") -> HttpResponse:
    """Return the rendered error page, with links to the item, its list and the dashboard. Needs the database."""
    response = TemplateResponse(
        request,
        "admin/error.html",
        {**admin.site.each_context(request), **_texts(kind or status), "links": _links_back(request)},
        status=status,
    )
    add_never_cache_headers(response)
    return response.render()


def offline_staff_error(status: int) -> HttpResponse:
    """Return an error page that needs neither the database nor anything of the request: each may be what failed."""
    context = {**_texts(min(status, 500)), "language": html_language(get_language() or settings.LANGUAGE_CODE)}
    response = HttpResponse(render_to_string("admin/error_offline.html", context), status=status)
    add_never_cache_headers(response)
    return response


def form_limits() -> dict[str, int]:
    """Return how many megabytes of text (`size`) and how many `fields` a form can contain."""
    size = (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) // MEGABYTE
    return {"size": size, "fields": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS or 0}


def _texts(key: int | str) -> dict[str, str]:
    title, text = _TEXTS[key]
    return {"title": str(title), "error_text": str(text) % form_limits() if key == 413 else str(text)}


def _links_back(request: HttpRequest) -> list[tuple[str, str]]:
    """Return (URL, text) of the item and the list that the URL belongs to, as far as the user may view them."""
    try:
        match = resolve(request.path)
    except Resolver404:
        return []
    for model in admin.site._registry:
        stem = f"{model._meta.app_label}_{model._meta.model_name}"
        if (match.url_name or "").startswith(f"{stem}_") and can_view(request.user, model):
            return [*_link_to_item(model, match.kwargs.get("object_id")), _link_to_list(model, stem)]
    return []


def _link_to_item(model: Any, object_id: str | None) -> list[tuple[str, str]]:
    row = model._default_manager.filter(pk=object_id).first() if is_row_key(object_id or "") else None
    return [(change_url_for(model, row.pk), str(row))] if row else []


def _link_to_list(model: Any, stem: str) -> tuple[str, str]:
    return reverse(f"admin:{stem}_changelist"), capfirst(str(model._meta.verbose_name_plural))
