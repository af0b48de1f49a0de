"""A session that ran out loses no text: what was sent without one comes back after signing in.

Nothing is stored for strangers. What was sent stands in the page that asks who it is, and is kept for whoever signs in
there. Passwords never do: their forms keep nothing.
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

from postportal.staff.autosave import FORM_KEY, AutosaveAdmin, encode_form, parse_pk
from postportal.staff.models import Autosave

SESSION_EXPIRED = gettext_lazy(
    "Your session ran out. Nothing is lost: sign in, and the form comes back with what you typed."
)


class FormRecoverySite(AdminSite):
    def get_urls(self) -> list[URLResolver | URLPattern]:
        return [path("take-up/", self.admin_view(self.recover_view), name="take_up"), *super().get_urls()]

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        stock = super().admin_view(view, cacheable)

        def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.method == "POST" and not request.user.is_authenticated and self.find_form(request.path):
                return self.login_holding_form(request)
            return stock(request, *args, **kwargs)

        return update_wrapper(kept, view)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        held = request.POST.get("_kept", "") if request.method == "POST" else ""
        extra_context = {**({"kept": held, "kept_text": SESSION_EXPIRED} if held else {}), **(extra_context or {})}
        response: HttpResponse = super().login(request, extra_context)
        if held and response.status_code == 302 and self.has_permission(request):
            return self.recover_form(request) or response
        return response

    def recover_view(self, request: HttpRequest) -> HttpResponse:
        found = self.recover_form(request) if request.method == "POST" else None
        return found or HttpResponseRedirect(reverse(f"{self.name}:index"))

    def recover_form(self, request: HttpRequest) -> HttpResponse | None:
        """Keep what the page held for whoever is signed in now, and lead on to its form."""
        data, found = request.POST.get("_kept", ""), self.find_form(request.POST.get("next", ""))
        if found is None or not data:
            return None
        model_admin, object_id = found
        form_key = QueryDict(data).get("_form_key", "")
        form_key = form_key if FORM_KEY.fullmatch(form_key) else secrets.token_hex(16)
        key = parse_pk(object_id)
        if not model_admin.model._default_manager.filter(pk=key).exists():
            key = None  # Deleted meanwhile: it becomes a new one.
        at = timezone.now()
        Autosave.objects.store(model_admin.model, key, user=request.user, form_key=form_key, data=data, at=at)
        return HttpResponseRedirect(f"{model_admin.add_or_change_url(key)}?_take={form_key}")

    def find_form(self, address: str) -> tuple[AutosaveAdmin, str | None] | None:
        """The form that an address of the staff side shows, with the key of its item; None for what shows none."""
        try:
            match = resolve(urlsplit(address).path)
        except (Resolver404, ValueError):
            return None
        if match.namespace != self.name:
            return None
        for model_admin in self._registry.values():
            name = f"{model_admin.opts.app_label}_{model_admin.opts.model_name}"
            if isinstance(model_admin, AutosaveAdmin) and match.url_name in (f"{name}_add", f"{name}_change"):
                return (model_admin, match.kwargs.get("object_id")) if model_admin.has_autosave else None
        return None

    def login_holding_form(self, request: HttpRequest) -> HttpResponse:
        """The sign-in page, holding what was sent."""
        held = {"kept": encode_form(request.POST), "kept_text": SESSION_EXPIRED, "next": request.path}
        request.method = "GET"
        response = self.login(request, {**held, "app_path": reverse(f"{self.name}:login")})
        response.status_code = 403
        return response

    def csrf_failure_response(self, request: HttpRequest) -> HttpResponse | None:
        """What answers a form that came with an outdated token; None for what is none of ours, or comes from elsewhere:
        a stranger's page gets nothing kept."""
        if request.method != "POST" or not _is_same_origin(request) or self.find_form(request.path) is None:
            return None
        if not self.has_permission(request):
            return self.login_holding_form(request)
        context = {
            **self.each_context(request),
            "title": _("Your text is still here"),
            "kept": encode_form(request.POST),
            "next": request.path,
        }
        response = TemplateResponse(request, "admin/recover_form.html", context, status=403)
        add_never_cache_headers(response)
        return response


def _is_same_origin(request: HttpRequest) -> bool:
    sender = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(sender).netloc == request.get_host()
