"""Files at well-known URLs: robots.txt, security.txt, the colours and the icon. The same in every language."""

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
from postportal.web.site_url import absolute_url

# Parameters that filter or sort the same results: their combinations would keep a crawler busy for ever.
BLOCKED_PARAMETERS = ("type", *facets(), "year", "language", "order", "page")
# RFC 9116 recommends less than a year. Each day has a new date, so it never expires.
SECURITY_TXT_LIFETIME = dt.timedelta(days=180)
CONTACT_PATTERN = re.compile(r"(?:mailto:|https://|tel:)[\x21-\x7e]+\Z")
YEAR_SECONDS = 365 * 24 * 60 * 60


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *"]
    for url in _urls_in_every_language("search"):
        lines += [f"Disallow: {url}?*{facet}=" for facet in BLOCKED_PARAMETERS]
        lines += [f"Disallow: {url}{name}/" for name in ("atom", "csv")]
    lines += [f"Disallow: {reverse('admin:index')}", "", f"Sitemap: {_absolute_url(request, 'sitemap_index')}", ""]
    return _plain_text("\n".join(lines))


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Return security.txt as RFC 9116 defines it."""
    contact = SiteSettings.load().security_contact.strip()
    if not CONTACT_PATTERN.match(contact):
        contact = _absolute_url(request, "contact:form")
    day = request_time(request).astimezone(dt.UTC).date()
    expires = dt.datetime.combine(day + SECURITY_TXT_LIFETIME, dt.time.min, dt.UTC)
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        f"Preferred-Languages: {', '.join(html_language(code) for code, _name in settings.LANGUAGES)}",
        f"Canonical: {_absolute_url(request, 'security_txt')}",
    ]
    return _plain_text("\n".join([*lines, ""]))


@require_safe
def colours_css(request: HttpRequest) -> HttpResponse:
    """Return the stylesheet of the colours in the query string. It never changes, so it may be cached for ever."""
    chosen = parse_colours(request.META.get("QUERY_STRING", ""))
    if chosen is None:
        raise Http404
    response = HttpResponse(stylesheet(chosen), content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
    return response


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Redirect to the icon, for clients that ignore the link in the page."""
    return HttpResponseRedirect(static("portal/icons/icon.svg"))


def _urls_in_every_language(name: str) -> list[str]:
    urls = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            urls.append(reverse(name))
    return urls


def _absolute_url(request: HttpRequest, name: str) -> str:
    return absolute_url(request, reverse(name))


def _plain_text(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
