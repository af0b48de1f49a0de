"""Static pages and the list of everything there is."""

import datetime as dt
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.text import Truncator
from django.utils.translation import get_language

from postportal.pages.html_sitemap import link_groups
from postportal.pages.models import Page
from postportal.pages.models.page import PageQuerySet
from postportal.pages.views.errors import item_gone
from postportal.publishing.workflow.updates import updates_of
from postportal.richtext.outline import Heading, list_headings
from postportal.web.json_ld import breadcrumb_json_ld
from postportal.web.languages import html_language
from postportal.web.request_time import request_time

MIN_HEADINGS_FOR_CONTENTS = 3
MIN_DESCRIPTION_LENGTH = 50


def page(request: HttpRequest, path: str) -> HttpResponse:
    at = request_time(request)
    at_this_address = {row.language: row for row in Page.objects.filter(path=path)}
    found = at_this_address.get(get_language() or "")
    if found and found.is_gone(at):
        return item_gone(request, found)
    if found is None or not found.has_page(at):
        return _redirect_to_translation(request, [row for row in at_this_address.values() if row.is_visible(at)])
    trail = [(row.title, row.get_absolute_url()) for row in _parent_pages(request, found)]
    here = (found.title, found.get_absolute_url())
    is_withdrawn = found.is_withdrawn(at)
    steps = breadcrumb_json_ld(request, [*trail, here])
    context = {
        "page": found,
        "description": _description(found),
        "is_withdrawn": is_withdrawn,
        "updates": updates_of(found),
        "trail": trail,
        "contents": _table_of_contents(found),
        "alternates": _alternates(request, found),
        "structured": [steps] if is_withdrawn else [_json_ld_data(request, found), steps],
    }
    return render(request, "pages/page.html", context)


def sitemap(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/sitemap.html", {"groups": link_groups(request_time(request))})


def _redirect_to_translation(request: HttpRequest, pages: list[Page]) -> HttpResponse:
    """Menus lead to the same address in every language; where a page is not translated, readers get the original."""
    if not pages:
        raise Http404
    translated = _translations(request, pages[0]).filter(language=get_language()).first()
    return HttpResponseRedirect((translated or pages[0]).get_absolute_url())


def _translations(request: HttpRequest, page: Page) -> PageQuerySet:
    rows: Any = page.in_other_languages()
    return cast(PageQuerySet, rows.published(request_time(request)))


def _alternates(request: HttpRequest, page: Page) -> list[tuple[str, str, str]]:
    return [
        (html_language(row.language), row.get_language_display(), row.get_absolute_url())
        for row in _translations(request, page).order_by("language")
    ]


def _parent_pages(request: HttpRequest, page: Page) -> list[Page]:
    """The pages that `about/history/1949` stands under: about, about/history."""
    parts = page.path.split("/")
    paths = ["/".join(parts[:n]) for n in range(1, len(parts))]
    if not paths:
        return []
    rows = Page.objects.published(request_time(request)).filter(path__in=paths, language=page.language)
    return list(rows.only("path", "title", "language").order_by("path"))


def _description(page: Page) -> str:
    """For search engines: the standfirst, with the beginning of the text where it is too short for them."""
    words = page.standfirst if len(page.standfirst) >= MIN_DESCRIPTION_LENGTH else f"{page.standfirst} {page.body_text}"
    return Truncator(" ".join(words.split())).chars(160) or page.title


def _table_of_contents(page: Page) -> list[Heading]:
    headings = [heading for heading in list_headings(page.body) if heading.level == 2]
    return headings if len(headings) >= MIN_HEADINGS_FOR_CONTENTS else []


def _isoformat(moment: dt.datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _json_ld_data(request: HttpRequest, page: Page) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": page.title,
        "description": page.standfirst,
        "url": request.build_absolute_uri(page.get_absolute_url()),
        "inLanguage": html_language(page.language),
        "datePublished": _isoformat(page.publish_at),
        "dateModified": _isoformat(page.updated_at or page.publish_at),
    }
