"""sitemap.xml: an index of the sections that each app defines as SITEMAPS in its module `sitemaps`."""

from importlib import import_module

from django.apps import apps
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import SitemapIndexItem
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.module_loading import module_has_submodule


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
            "services:stamps",
            "contact:form",
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


def sitemap_index(request: HttpRequest) -> HttpResponse:
    """List the files of all sections that have URLs. Django's own view lists empty ones, which the format forbids."""
    rows = [
        row for name, sitemap in SITEMAPS.items() for row in _section_files(name, sitemap=sitemap(), request=request)
    ]
    return render(request, "sitemap_index.xml", {"sitemaps": rows}, content_type="application/xml")


def _section_files(name: str, *, sitemap: Sitemap, request: HttpRequest) -> list[SitemapIndexItem]:
    paginator = sitemap.paginator
    if not paginator.count:
        return []
    url = request.build_absolute_uri(reverse("sitemap_section", args=[name]))
    changed = sitemap.get_latest_lastmod()
    pages = range(2, paginator.num_pages + 1)
    urls = [url, *(f"{url}?p={n}" for n in pages)]
    # django-stubs types lastmod as a bool.
    return [SitemapIndexItem(each, changed) for each in urls]  # type: ignore[arg-type]
