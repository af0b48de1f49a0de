"""Pages on which people set up, renew and turn off their second factor."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from postportal.staff import second_factor
from postportal.staff.account_names import own_account
from postportal.staff.confirmation import CodeForm, checked_form, confirm_first, confirm_page, page
from postportal.staff.login_sessions import is_fresh
from postportal.staff.ways_in import Needed, remove_app, turn_off


def set_up_view(request: HttpRequest, admin_site: Any) -> HttpResponse:
    """Show the secret of a new app, and turn the second factor on with its first code."""
    user = own_account(request)
    if second_factor.has_app(user):
        return HttpResponseRedirect(reverse("admin:account"))
    if second_factor.has_passkey(user) and not is_fresh(request):
        return confirm_first(request, user, url=reverse("admin:set_up_two_factor"), admin_site=admin_site)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if second_factor.confirm_device(user, form.cleaned_data["code"]):
            return codes_or_account(request, user, admin_site=admin_site)
        form.add_error("code", _("This code is not right. Check the time on your phone, and enter the next code."))
    device = second_factor.new_device(user)
    context = {"form": form, "qr_code": second_factor.qr_code(device), "secret": second_factor.secret_of(device)}
    return page(
        request,
        "admin/two_factor/set_up.html",
        title=_("Set up authenticator app"),
        admin_site=admin_site,
        context=context,
    )


def recovery_codes_view(request: HttpRequest, admin_site: Any) -> HttpResponse:
    """Replace the recovery codes; whoever only has the open browser does not get any."""
    user = own_account(request)
    form = checked_form(request, user)
    if form.is_bound and form.is_valid():
        return show_new_codes(request, user, admin_site=admin_site)
    return confirm_page(request, user, form=form, title=_("Create new recovery codes"), admin_site=admin_site)


def turn_off_view(request: HttpRequest, admin_site: Any) -> HttpResponse:
    """Remove passkeys, app and recovery codes."""
    user = own_account(request)
    form = checked_form(request, user)
    if second_factor.is_second_factor_required(user):
        raise PermissionDenied
    if form.is_bound and form.is_valid():
        if needed := turn_off(user):
            messages.error(request, needed_text(needed))
        else:
            messages.success(request, _("Two-factor login was turned off."))
        return HttpResponseRedirect(reverse("admin:account"))
    return confirm_page(request, user, form=form, title=_("Turn off two-factor login"), admin_site=admin_site)


def remove_app_view(request: HttpRequest, admin_site: Any) -> HttpResponse:
    """Remove the authenticator app of somebody who has passkeys, or move on to another phone."""
    user = own_account(request)
    form = checked_form(request, user)
    if not second_factor.has_app(user):
        raise PermissionDenied
    if form.is_bound and form.is_valid():
        if needed := remove_app(user):
            messages.error(request, needed_text(needed))
        else:
            messages.success(request, _("The authenticator app was removed."))
        return HttpResponseRedirect(reverse("admin:account"))
    return confirm_page(request, user, form=form, title=_("Remove authenticator app"), admin_site=admin_site)


def needed_text(needed: Needed) -> str:
    """Return why nothing was removed, and what to do first."""
    if needed is Needed.LAST_FACTOR:
        return _("Your role needs two-factor login. Add another passkey or an authenticator app first.")
    return _(
        "You have no password, so this is the only way to log in to your account. Add another passkey or choose a "
        "password first."
    )


def warn_without_recovery_codes(request: HttpRequest) -> None:
    """Remind people who have just logged in with their phone that they could lose it."""
    if second_factor.has_second_factor(request.user) and not second_factor.count_recovery_codes(request.user):
        text = _('You have no recovery codes for when you lose your phone. <a href="{}">Create recovery codes</a>')
        messages.warning(request, format_html(text, reverse("admin:recovery_codes")))


def show_new_codes(request: HttpRequest, user: User, *, admin_site: Any) -> HttpResponse:
    context = {"codes": second_factor.make_recovery_codes(user)}
    return page(
        request,
        "admin/two_factor/recovery_codes.html",
        title=_("Your recovery codes"),
        admin_site=admin_site,
        context=context,
    )


def codes_or_account(request: HttpRequest, user: User, *, admin_site: Any) -> HttpResponse:
    """Show the first recovery codes after something was set up. Codes that exist stay valid."""
    if second_factor.count_recovery_codes(user):
        return HttpResponseRedirect(reverse("admin:account"))
    return show_new_codes(request, user, admin_site=admin_site)
