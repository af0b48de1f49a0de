"""What machines ask for: robots.txt, security.txt, the colours, the icon. Public, the same in every language."""

import datetime as dt
import re

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from postportal.pages.colours import parse_colours, stylesheet
from postportal.pages.models import SiteSettings
from postportal.search.facets import facets
from postportal.web.languages import html_language
from postportal.web.request_time import request_time

# Ways to the same pages in another order or cut, which would keep a robot busy without end.
BLOCKED_PARAMETERS = ("type", *facets(), "year", "language", "order", "page")
# RFC 9116 asks for less than a year; each answer moves the date on, so it is never past.
SECURITY_TXT_LIFETIME = dt.timedelta(days=180)
CONTACT_PATTERN = re.compile(r"(?:mailto:|https://|tel:)[\x21-\x7e]+\Z")
YEAR_SECONDS = 365 * 24 * 60 * 60


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *"]
    for address in _urls_in_every_language("search"):
        lines += [f"Disallow: {address}?*{facet}=" for facet in BLOCKED_PARAMETERS]
        lines += [f"Disallow: {address}{form}/" for form in ("atom", "csv")]
    lines += [f"Disallow: {reverse('admin:index')}", "", f"Sitemap: {_absolute_url(request, 'sitemap_index')}", ""]
    return _plain_text("\n".join(lines))


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116."""
    contact = SiteSettings.load().security_contact.strip()
    if not CONTACT_PATTERN.match(contact):
        contact = _absolute_url(request, "contact:form")
    expires = (request_time(request) + SECURITY_TXT_LIFETIME).astimezone(dt.UTC).replace(microsecond=0)
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        f"Preferred-Languages: {', '.join(html_language(code) for code, _name in settings.LANGUAGES)}",
        f"Canonical: {_absolute_url(request, 'security')}",
    ]
    return _plain_text("\n".join([*lines, ""]))


@require_safe
def colours_css(request: HttpRequest) -> HttpResponse:
    """The address carries the colours, so the sheet may be kept for ever and asks nobody."""
    chosen = parse_colours(request.META.get("QUERY_STRING", ""))
    if chosen is None:
        raise Http404
    response = HttpResponse(stylesheet(chosen), content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
    return response


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Some ask for it here whatever the page says."""
    return HttpResponseRedirect(static("portal/icons/icon.svg"))


def _urls_in_every_language(name: str) -> list[str]:
    addresses = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            addresses.append(reverse(name))
    return addresses


def _absolute_url(request: HttpRequest, name: str) -> str:
    return request.build_absolute_uri(reverse(name))


def _plain_text(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
