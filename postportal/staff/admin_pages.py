"""Registry of staff pages that belong to no model: apps add theirs in their module `dashboard`."""

from collections.abc import Callable

from django.contrib.admin import AdminSite
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

View = Callable[..., HttpResponseBase]
_admin_pages: list[tuple[str, View, str, bool]] = []


def register_admin_page(route: str, view: View, *, name: str, is_bearer: bool = False) -> None:
    """Serve `view` at `route` below the admin URL, under the URL name admin:<name>. Only signed-in staff can open it,
    unless the URL is a key itself."""
    _admin_pages.append((route, view, name, is_bearer))


def admin_page_urls(site: AdminSite) -> list[URLPattern]:
    """Return the URL patterns of all registered pages."""
    return [
        path(route, view if is_bearer else site.admin_view(view), name=name)
        for route, view, name, is_bearer in _admin_pages
    ]
