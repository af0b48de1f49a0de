"""The admin site: dashboard, menu, quick search and the context shared by all staff pages."""

from functools import partial, update_wrapper
from http import HTTPStatus
from typing import Any, cast

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from postportal.staff.account_page import account_view, log_out_elsewhere_view, set_language_cookie
from postportal.staff.admin_menu import apps_in_menu, group_by_subject
from postportal.staff.admin_pages import admin_page_urls
from postportal.staff.error_pages import staff_error
from postportal.staff.external_logins import external_login_urls
from postportal.staff.form_recovery import FormRecoverySite
from postportal.staff.home_parts import home_parts
from postportal.staff.left_off import rows_left_off
from postportal.staff.login_sessions import note_login, note_use
from postportal.staff.login_steps import TwoStepLoginForm
from postportal.staff.models import chosen_language
from postportal.staff.openid_pages import back_view, provider_logout_url, start_view
from postportal.staff.openid_settings import offers_openid, openid
from postportal.staff.own_password import own_password_urls
from postportal.staff.passkey_pages import passkey_urls
from postportal.staff.passkey_settings import offers_passkeys
from postportal.staff.password_views import ask_for_link_view, choose_password_view, open_link_view
from postportal.staff.quick_search_views import quick_search_view, suggestions_view
from postportal.staff.saved_filters import remove_filter_view, saved_filters_on_home
from postportal.staff.second_factor_page import (
    recovery_codes_view,
    remove_app_view,
    set_up_view,
    turn_off_view,
    warn_without_recovery_codes,
)
from postportal.staff.tags import tag_names_view
from postportal.staff.work_queue_views import count_work_queues, work_queue_view
from postportal.staff.work_queues import count_rows


class StaffSite(FormRecoverySite):
    site_title = _("Staff")
    site_header = _("Staff")
    index_title = _("Dashboard")
    empty_value_display = "–"
    login_form = TwoStepLoginForm
    logout_template = "admin/logged_out.html"

    def get_urls(self) -> list[URLResolver | URLPattern]:
        # Before the catch-all pattern of the stock site.
        own = [
            path("tags/names/", self.admin_view(tag_names_view), name="tag_names"),
            path("account/", self.admin_view(partial(account_view, admin_site=self)), name="account"),
            path(
                "account/two-factor/", self.admin_view(partial(set_up_view, admin_site=self)), name="set_up_two_factor"
            ),
            path(
                "account/recovery-codes/",
                self.admin_view(partial(recovery_codes_view, admin_site=self)),
                name="recovery_codes",
            ),
            path(
                "account/two-factor/off/",
                self.admin_view(partial(turn_off_view, admin_site=self)),
                name="turn_off_two_factor",
            ),
            path(
                "account/two-factor/remove-app/",
                self.admin_view(partial(remove_app_view, admin_site=self)),
                name="remove_app",
            ),
            *passkey_urls(self),
            *external_login_urls(self),
            *own_password_urls(self),
            path("account/log-out-elsewhere/", self.admin_view(log_out_elsewhere_view), name="log_out_elsewhere"),
            # Without a login: these are for people who cannot log in, or come from their provider.
            path("openid/", start_view, name="openid"),
            path("openid/back/", partial(back_view, admin_site=self), name="openid_back"),
            path("password/", ask_for_link_view, name="ask_for_password_link"),
            path("password/link/<str:uid>:<str:token>/", open_link_view, name="password_link"),
            path("password/choose/", choose_password_view, name="choose_password"),
            path("find/", self.admin_view(quick_search_view), name="quick_search"),
            path("find/suggestions/", self.admin_view(suggestions_view), name="quick_search_suggestions"),
            path("filters/<int:key>/remove/", self.admin_view(remove_filter_view), name="remove_filter"),
            path("waiting/<slug:name>/", self.admin_view(work_queue_view), name="work_queue"),
        ]
        return [*own, *admin_page_urls(self), *super().get_urls()]

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        guarded = super().admin_view(view, cacheable)

        def view_or_error(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if self.has_permission(request):
                note_use(request)
            response = guarded(request, *args, **kwargs)
            if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or response.content:
                return response
            page = staff_error(request, HTTPStatus.METHOD_NOT_ALLOWED)
            page.headers["Allow"] = response.headers["Allow"]
            return page

        return update_wrapper(view_or_error, view)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        offers = {
            "offers_passkeys": offers_passkeys(request),
            "openid_name": openid.OPENID_NAME if offers_openid() else "",
        }
        response = super().login(request, {**offers, **(extra_context or {})})
        if request.method == "POST" and response.status_code == HTTPStatus.FOUND and self.has_permission(request):
            note_login(request)
            set_language_cookie(response, chosen_language(request.user))
            warn_without_recovery_codes(request)
        return response

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Log out, and link to where people who came from a provider log out of that too."""
        url = provider_logout_url(request) if request.method == "POST" else ""
        context = {"provider_logout_url": url, "openid_name": openid.OPENID_NAME, **(extra_context or {})}
        return super().logout(request, context)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        if app_label:
            return apps_in_menu(self, request, app_label=app_label)
        # Asked for several times by one page.
        menus = vars(request).setdefault("menus", {})
        key = request.user.pk, get_language()
        if key not in menus:
            menus[key] = group_by_subject(apps_in_menu(self, request))
        return cast("list[Any]", menus[key])

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        counted = count_work_queues(request)
        context = {
            "app_list": _add_counts(self.get_app_list(request)),
            "work_queues": counted,
            "idle_queues": [entry["queue"] for entry in counted if not entry["count"]],
            "left_off": rows_left_off(request.user),
            "saved_filters": saved_filters_on_home(request.user),
            **home_parts(request),
            **(extra_context or {}),
        }
        return super().index(request, context)

    def app_index(
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        context = {"app_list": _add_counts(self.get_app_list(request, app_label)), **(extra_context or {})}
        return super().app_index(request, app_label, context)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return cast("HttpResponse", PictureAutocompleteView.as_view(admin_site=self)(request))

    @method_decorator(never_cache)
    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        user: Any = request.user
        if not user.has_usable_password():
            return HttpResponseRedirect(reverse("admin:own_password"))
        return super().password_change(request, extra_context)

    @method_decorator(never_cache)
    def password_change_done(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        return super().password_change_done(request, extra_context)


class PictureAutocompleteView(AutocompleteJsonView):
    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, Any]:
        result = super().serialize_result(obj, to_field_name)
        # A picture is recognized more quickly than its name.
        return {**result, "thumbnail": obj.sources("stamp")[0].url} if hasattr(obj, "sources") else result


def _add_counts(groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add the number of rows and the singular name to each model of the menu. Takes one query."""
    entries = [entry for group in groups for entry in group["models"]]
    models = [entry["model"] for entry in entries]
    counts = count_rows([(model._meta.label_lower, model._default_manager.all()) for model in models])
    for entry in entries:
        entry["count"] = counts.get(entry["model"]._meta.label_lower, 0)
        entry["singular"] = entry["model"]._meta.verbose_name
    return groups
