"""Recovery of form data that was sent after the session had expired: it comes back after signing in.

Nothing is stored for anonymous users: the login page itself holds the data, and it is saved as an autosave of whoever
signs in there. Forms with passwords are excluded.
"""

import secrets
from functools import update_wrapper
from typing import Any
from urllib.parse import urlsplit

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import Resolver404, URLPattern, URLResolver, path, resolve, reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.staff.autosave import FORM_KEY, encode_form, parse_pk
from postportal.staff.model_admin import PortalAdmin
from postportal.staff.models import Autosave

SESSION_EXPIRED = gettext_lazy(
    "Your session has expired. Your text is not lost: log in and the form will open again with what you typed."
)


class FormRecoverySite(AdminSite):
    """Admin site that keeps the data of a form when the session or the CSRF token is no longer valid."""

    def get_urls(self) -> list[URLResolver | URLPattern]:
        return [path("take-up/", self.admin_view(self.recover_view), name="recover_form"), *super().get_urls()]

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        stock = super().admin_view(view, cacheable)

        def hold_or_view(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.method == "POST" and not request.user.is_authenticated and self.find_form(request.path):
                return self.login_holding_form(request)
            return stock(request, *args, **kwargs)

        return update_wrapper(hold_or_view, view)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        data = request.POST.get("_kept", "") if request.method == "POST" else ""
        held = {"form_data": data, "form_data_message": SESSION_EXPIRED} if data else {}
        response: HttpResponse = super().login(request, {**held, **(extra_context or {})})
        context = getattr(response, "context_data", None) or {}
        if seconds := getattr(context.get("form"), "retry_after", 0):
            response.status_code = 429
            response.headers["Retry-After"] = str(seconds)
        if data and response.status_code == 302 and self.has_permission(request):
            return self.recover_form(request) or response
        return response

    def recover_view(self, request: HttpRequest) -> HttpResponse:
        response = self.recover_form(request) if request.method == "POST" else None
        return response or HttpResponseRedirect(reverse(f"{self.name}:index"))

    def recover_form(self, request: HttpRequest) -> HttpResponse | None:
        """Store the data that the page held as an autosave of the user and redirect to its form.

        Return None if the request holds no data or names no form."""
        data, found = request.POST.get("_kept", ""), self.find_form(request.POST.get("next", ""))
        if found is None or not data:
            return None
        model_admin, object_id = found
        form_key = QueryDict(data).get("_form_key", "")
        form_key = form_key if FORM_KEY.fullmatch(form_key) else secrets.token_hex(16)
        key = parse_pk(object_id)
        if not model_admin.model._default_manager.filter(pk=key).exists():
            key = None  # The item has been deleted since: the data becomes that of a new one.
        at = timezone.now()
        Autosave.objects.store(model_admin.model, key, user=request.user, form_key=form_key, data=data, at=at)
        return HttpResponseRedirect(f"{model_admin.add_or_change_url(key)}?_take={form_key}")

    def find_form(self, url: str) -> tuple[PortalAdmin, str | None] | None:
        """Return the admin and the primary key of the item whose form the URL shows, or None if it shows no form."""
        try:
            match = resolve(urlsplit(url).path)
        except (Resolver404, ValueError):
            return None
        if match.namespace != self.name:
            return None
        for model_admin in self._registry.values():
            name = f"{model_admin.opts.app_label}_{model_admin.opts.model_name}"
            if isinstance(model_admin, PortalAdmin) and match.url_name in (f"{name}_add", f"{name}_change"):
                return (model_admin, match.kwargs.get("object_id")) if model_admin.has_autosave else None
        return None

    def login_holding_form(self, request: HttpRequest) -> HttpResponse:
        """Return the login page with the data of the request in a hidden field."""
        held = {"form_data": encode_form(request.POST), "form_data_message": SESSION_EXPIRED, "next": request.path}
        request.method = "GET"
        response = self.login(request, {**held, "app_path": reverse(f"{self.name}:login")})
        response.status_code = 403
        return response

    def csrf_failure_response(self, request: HttpRequest) -> HttpResponse | None:
        """Return a page that gives back the data of a form sent with an outdated CSRF token.

        Return None if the URL shows no form, or if the request comes from another site: its data must not be kept."""
        if request.method != "POST" or not _is_same_origin(request) or self.find_form(request.path) is None:
            return None
        if not self.has_permission(request):
            return self.login_holding_form(request)
        context = {
            **self.each_context(request),
            "title": _("Your text has not been lost"),
            "form_data": encode_form(request.POST),
            "next": request.path,
        }
        response = TemplateResponse(request, "admin/recover_form.html", context, status=403)
        add_never_cache_headers(response)
        return response


def _is_same_origin(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(origin).netloc == request.get_host()
