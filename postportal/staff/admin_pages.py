"""Pages of the staff side that belong to no list: apps add theirs in their module `desk`."""

from collections.abc import Callable

from django.contrib.admin import AdminSite
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

View = Callable[..., HttpResponseBase]
_admin_pages: list[tuple[str, View, str, bool]] = []


def register_admin_page(route: str, view: View, *, name: str, is_signed: bool = False) -> None:
    """Serve `view` below the address of the staff side, as admin:<name>. Only staff who have signed in see it, unless
    the address itself is signed."""
    _admin_pages.append((route, view, name, is_signed))


def admin_page_urls(site: AdminSite) -> list[URLPattern]:
    return [
        path(route, view if is_signed else site.admin_view(view), name=name)
        for route, view, name, is_signed in _admin_pages
    ]
