"""Panels of the admin forms: parts of the page of a form that bring their own URLs and template context."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse


class Panel:
    """One part of the page of a form. `PortalAdmin` makes an object of each class in its list `panels`.

    A panel may add views, context and headers, and may act when the form was opened or saved. How the form is saved is
    no business of a panel."""

    def __init__(self, model_admin: Any) -> None:
        self.model_admin = model_admin
        self.model, self.opts = model_admin.model, model_admin.opts

    def urls(self) -> list[URLPattern]:
        """Return the URL patterns of the panel, relative to the URL of the changelist."""
        return []

    def context(self, request: HttpRequest, item: Any) -> dict[str, Any]:
        """Return what the templates of the form need. `item` is None where a new one is added."""
        return {}

    def headers(self) -> dict[str, str]:
        """Return the response headers that the page of the form needs."""
        return {}

    def on_open(self, request: HttpRequest, item: Any) -> None:
        """Act before the form of an existing item is shown."""

    def on_form_saved(self, request: HttpRequest, item: Any) -> None:
        """Act when the form and its rows are written, in the same transaction."""

    def after_saving(self, request: HttpRequest, item: Any, response: HttpResponse) -> HttpResponse:
        """Act once the revision is recorded, and return the response to send."""
        return response

    def can_write(self, request: HttpRequest, item: Any) -> bool:
        """Return True if the user may save this form."""
        if item is None:
            return bool(self.model_admin.has_add_permission(request))
        return bool(self.model_admin.has_change_permission(request, item))

    def can_type(self, request: HttpRequest, item: Any) -> bool:
        """Return True if the user may save this form, or propose what is typed into it to somebody who may."""
        return self.can_write(request, item) or bool(self.model_admin.may_propose(request, item))

    def path(self, route: str, view: Any, name: str) -> URLPattern:
        """Return a URL pattern for staff only, named like those of the stock admin."""
        staff_view = self.model_admin.admin_site.admin_view(view)
        pattern: URLPattern = path(route, staff_view, name=self._url_name(name))
        return pattern

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"{self.model_admin.admin_site.name}:{self._url_name(name)}", args=args)

    def _url_name(self, name: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"
