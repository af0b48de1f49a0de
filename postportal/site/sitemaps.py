"""sitemap.xml: an index of the sections that each app defines as SITEMAPS in its module `sitemaps`, and the sections.

All URLs in them are those of the configured site, whichever host was asked."""

from importlib import import_module
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import SitemapIndexItem, x_robots_tag
from django.core.paginator import EmptyPage
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.module_loading import module_has_submodule
from django.views.decorators.http import require_safe

from postportal.web.caching import unless_current
from postportal.web.pagination import PAGE_NUMBER, refuse_page_number
from postportal.web.site_url import absolute_url, site_origin


class StaticPagesSitemap(Sitemap):
    """Pages that are not rows of a table."""

    i18n = True
    alternates = True
    x_default = True

    def items(self) -> list[str]:
        return [
            "home",
            "news:articles",
            "news:people",
            "news:organizations",
            "services:services",
            "services:hotlines",
            "services:hotline_numbers",
            "services:notices",
            "services:stamps",
            "services:stamp_makers",
            "services:stamp_themes",
            "services:stamp_techniques",
            "contact:form",
            "documents",
            "pages:sitemap",
        ]

    def location(self, item: str) -> str:
        return reverse(item)


def sitemaps_of_apps() -> dict[str, type[Sitemap]]:
    """Return the sections of all apps by name: first those of content, then those of shared packages."""
    sections: dict[str, type[Sitemap]] = {}
    for app in sorted(apps.get_app_configs(), key=lambda app: app.name.startswith("postportal.")):
        if app.module and module_has_submodule(app.module, "sitemaps"):
            sections |= getattr(import_module(f"{app.name}.sitemaps"), "SITEMAPS", {})
    return sections


SITEMAPS: dict[str, type[Sitemap]] = {"start": StaticPagesSitemap, **sitemaps_of_apps()}


@require_safe
@x_robots_tag
def sitemap_section(request: HttpRequest, section: str) -> HttpResponseBase:
    """Return one file of a section. Unlike Django's own view, decide before rendering whether the client has it."""
    refuse_page_number(request)
    number = request.GET.get("p", "1")
    if section not in SITEMAPS or not PAGE_NUMBER.fullmatch(number):
        raise Http404
    origin = urlsplit(site_origin(request))
    site: Any = SimpleNamespace(domain=origin.netloc)
    try:
        urls = SITEMAPS[section]().get_urls(page=number, site=site, protocol=origin.scheme)
    except EmptyPage:
        raise Http404 from None

    def write() -> HttpResponse:
        return render(request, "sitemap.xml", {"urlset": urls}, content_type="application/xml")

    return unless_current(request, [_without_item(url) for url in urls], write)


def _without_item(url: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in url.items() if name != "item"}


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """List the files of all sections that have URLs. Django's own view lists empty ones, which the format forbids."""
    refuse_page_number(request)
    rows = [
        row for name, sitemap in SITEMAPS.items() for row in _section_files(name, sitemap=sitemap(), request=request)
    ]
    return render(request, "sitemap_index.xml", {"sitemaps": rows}, content_type="application/xml")


def _section_files(name: str, *, sitemap: Sitemap, request: HttpRequest) -> list[SitemapIndexItem]:
    paginator = sitemap.paginator
    if not paginator.count:
        return []
    url = absolute_url(request, reverse("sitemap_section", args=[name]))
    changed = sitemap.get_latest_lastmod()
    pages = range(2, paginator.num_pages + 1)
    urls = [url, *(f"{url}?p={n}" for n in pages)]
    # django-stubs types lastmod as a bool.
    return [SitemapIndexItem(each, changed) for each in urls]  # type: ignore[arg-type]
