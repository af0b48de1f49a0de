"""Pages on which people set up, renew and turn off their second factor."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.staff import second_factor
from postportal.staff.account_names import own_account
from postportal.web.private_responses import make_private


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=second_factor.MAX_CODE_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )


def set_up_view(request: HttpRequest, admin_site: Any) -> HttpResponse:
    """Show the secret of a new app, and turn the second factor on with its first code."""
    user = own_account(request)
    if second_factor.has_second_factor(user):
        return HttpResponseRedirect(reverse("admin:account"))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if second_factor.confirm_device(user, form.cleaned_data["code"]):
            return _show_new_codes(request, user, admin_site=admin_site)
        form.add_error("code", _("This code is not right. Check the time on your phone, and enter the next code."))
    device = second_factor.new_device(user)
    context = {"form": form, "qr_code": second_factor.qr_code(device), "secret": second_factor.secret_of(device)}
    return _page(
        request,
        "admin/two_factor/set_up.html",
        title=_("Set up two-factor login"),
        admin_site=admin_site,
        context=context,
    )


def recovery_codes_view(request: HttpRequest, admin_site: Any) -> HttpResponse:
    """Replace the recovery codes; whoever only has the open browser does not get any."""
    user = own_account(request)
    form = _checked_form(request, user)
    if form.is_bound and form.is_valid():
        return _show_new_codes(request, user, admin_site=admin_site)
    title = _("Create new recovery codes")
    return _page(
        request,
        "admin/two_factor/confirm.html",
        title=title,
        admin_site=admin_site,
        context={"form": form, "button": title},
    )


def turn_off_view(request: HttpRequest, admin_site: Any) -> HttpResponse:
    """Turn the second factor off with a code."""
    user = own_account(request)
    form = _checked_form(request, user)
    if second_factor.is_second_factor_required(user):
        raise PermissionDenied
    if form.is_bound and form.is_valid():
        second_factor.remove_second_factor(user, detail="turned off")
        messages.success(request, _("Two-factor login was turned off."))
        return HttpResponseRedirect(reverse("admin:account"))
    title = _("Turn off two-factor login")
    return _page(
        request,
        "admin/two_factor/confirm.html",
        title=title,
        admin_site=admin_site,
        context={"form": form, "button": title},
    )


def warn_without_recovery_codes(request: HttpRequest) -> None:
    """Remind people who have just logged in with their phone that they could lose it."""
    if second_factor.has_second_factor(request.user) and not second_factor.count_recovery_codes(request.user):
        text = _('You have no recovery codes for when you lose your phone. <a href="{}">Create recovery codes</a>')
        messages.warning(request, format_html(text, reverse("admin:recovery_codes")))


def _checked_form(request: HttpRequest, user: User) -> CodeForm:
    """Return the form for a code, with an error if the code is wrong."""
    if not second_factor.has_second_factor(user):
        raise PermissionDenied
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and not second_factor.check_code(user, form.cleaned_data["code"]):
        form.add_error("code", _("This code is not right, or it was used before. Wait for the next one and try again."))
    return form


def _show_new_codes(request: HttpRequest, user: User, *, admin_site: Any) -> HttpResponse:
    context = {"codes": second_factor.make_recovery_codes(user)}
    return _page(
        request,
        "admin/two_factor/recovery_codes.html",
        title=_("Your recovery codes"),
        admin_site=admin_site,
        context=context,
    )


def _page(request: HttpRequest, template: str, *, title: str, admin_site: Any, context: dict[str, Any]) -> HttpResponse:
    context = {**admin_site.each_context(request), "title": title, **context}
    response = TemplateResponse(request, template, context)
    make_private(response)
    return response
