"""Pages such as “About us”, and the HTML sitemap."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.text import Truncator
from django.utils.translation import get_language

from postportal.documents.withdrawn_documents import documents_of
from postportal.pages.html_sitemap import link_groups
from postportal.pages.models import Page
from postportal.pages.models.page import PageQuerySet
from postportal.publishing.visibility import Gone, require_public
from postportal.publishing.workflow.updates import updates_of
from postportal.richtext.outline import Heading, list_headings
from postportal.web.iso_times import iso_time
from postportal.web.json_ld import breadcrumb_json_ld
from postportal.web.languages import html_language
from postportal.web.request_time import request_time
from postportal.web.site_url import absolute_url

MIN_HEADINGS_FOR_CONTENTS = 3
MIN_DESCRIPTION_LENGTH = 50


def page_detail(request: HttpRequest, path: str) -> HttpResponse:
    at = request_time(request)
    by_language = {row.language: row for row in Page.objects.filter(path=path)}
    try:
        page = require_public(request, by_language.get(get_language() or ""))
    except Gone:
        raise
    except Http404:
        return _redirect_to_translation(request, [row for row in by_language.values() if row.is_visible(at)])
    trail = [(row.title, row.get_absolute_url()) for row in _parent_pages(request, page)]
    breadcrumb = breadcrumb_json_ld(request, [*trail, (page.title, page.get_absolute_url())])
    is_withdrawn = page.is_withdrawn(at)
    context = {
        "page": page,
        "description": _description(page),
        "is_withdrawn": is_withdrawn,
        "updates": updates_of(page),
        "trail": trail,
        "documents": documents_of(page),
        "table_of_contents": _table_of_contents(page),
        "alternates": _alternates(request, page),
        "json_ld_data": [breadcrumb] if is_withdrawn else [_json_ld_data(request, page), breadcrumb],
    }
    return render(request, "pages/page.html", context)


def sitemap(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/sitemap.html", {"link_groups": link_groups(request_time(request))})


def _redirect_to_translation(request: HttpRequest, pages: list[Page]) -> HttpResponse:
    """Redirect to the page in another language. Menus link to the same path in every language, so readers get the
    original if there is no translation."""
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
    """Return the public pages above this one: for `about/history/1949` these are `about` and `about/history`."""
    parts = page.path.split("/")
    paths = ["/".join(parts[:n]) for n in range(1, len(parts))]
    if not paths:
        return []
    rows = Page.objects.published(request_time(request)).filter(path__in=paths, language=page.language)
    return list(rows.only("path", "title", "language").order_by("path"))


def _description(page: Page) -> str:
    """Return the description for search engines: the standfirst, followed by the body text if it is too short."""
    words = page.standfirst if len(page.standfirst) >= MIN_DESCRIPTION_LENGTH else f"{page.standfirst} {page.body_text}"
    return Truncator(" ".join(words.split())).chars(160) or page.title


def _table_of_contents(page: Page) -> list[Heading]:
    headings = [heading for heading in list_headings(page.body) if heading.level == 2]
    return headings if len(headings) >= MIN_HEADINGS_FOR_CONTENTS else []


def _json_ld_data(request: HttpRequest, page: Page) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": page.title,
        "description": page.standfirst,
        "url": absolute_url(request, page.get_absolute_url()),
        "inLanguage": html_language(page.language),
        "datePublished": iso_time(page.publish_at),
        "dateModified": iso_time(page.updated_at or page.publish_at),
    }
