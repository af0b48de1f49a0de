"""Questions to the person in front of an open browser, before something about the login changes."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.staff import passkeys, second_factor
from postportal.staff.login_limits import seconds_to_wait
from postportal.staff.login_sessions import note_confirmation
from postportal.staff.passkey_settings import offers_passkeys
from postportal.web.private_responses import make_private


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=second_factor.MAX_CODE_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )


class PasswordForm(forms.Form):
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


def checked_form(request: HttpRequest, user: User) -> CodeForm:
    """Return the form for a code or a passkey, with an error if it is wrong."""
    if not second_factor.has_second_factor(user):
        raise PermissionDenied
    if request.method != "POST":
        return CodeForm()
    if answer := request.POST.get("passkey"):
        form = CodeForm({"code": "-"})
        if not is_passkey_right(user, answer=answer, note=request.POST.get("passkey_note", "")):
            form.add_error(None, _("This passkey was not accepted. Try again, or enter a code."))
        return form
    form = CodeForm(request.POST)
    if form.is_valid() and not second_factor.check_code(user, form.cleaned_data["code"]):
        form.add_error("code", _("This code is not right, or it was used before. Wait for the next one and try again."))
    return form


def is_passkey_right(user: User, *, answer: str, note: str) -> bool:
    """Return True if the person in front of the open browser has answered with a passkey of the account."""
    row = passkeys.find_passkey(answer) if len(answer) <= passkeys.MAX_ANSWER_LENGTH else None
    return row is not None and passkeys.check_passkey(
        row, answer=answer, note=note, purpose=passkeys.CONFIRMATION, user=user
    )


def confirm_page(request: HttpRequest, user: User, *, form: Any, title: str, admin_site: Any) -> HttpResponse:
    """Ask for a code or a passkey before something changes."""
    context = {
        "form": form,
        "button": title,
        "has_app": second_factor.has_app(user),
        "has_passkey": second_factor.has_passkey(user) and offers_passkeys(request),
    }
    return page(request, "admin/two_factor/confirm.html", title=title, admin_site=admin_site, context=context)


def confirm_first(request: HttpRequest, user: Any, *, url: str, admin_site: Any) -> HttpResponse:
    """Return a page that asks for the second factor, or for the password of somebody who has none,
    and leads to the URL, whose view asks `is_fresh`."""
    title = _("Confirm that it is you")
    if second_factor.has_second_factor(user):
        form: Any = checked_form(request, user)
        response = confirm_page(request, user, form=form, title=title, admin_site=admin_site)
    else:
        form = _checked_password(request, user)
        context = {"form": form, "button": title, "has_password": user.has_usable_password()}
        response = page(
            request, "admin/two_factor/confirm_password.html", title=title, admin_site=admin_site, context=context
        )
    if form.is_bound and form.is_valid():
        note_confirmation(request)
        return HttpResponseRedirect(url)
    return response


def _checked_password(request: HttpRequest, user: Any) -> PasswordForm:
    """Return the form for the password, with an error if it is wrong. Guesses count as failed logins."""
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = user.get_username()
        if seconds_to_wait(request, username=name, at=timezone.now()):
            form.add_error("password", _("Too many failed logins. Wait a few minutes and try again."))
        elif authenticate(request, username=name, password=form.cleaned_data["password"]) != user:
            form.add_error("password", _("This is not your password."))
    return form


def page(request: HttpRequest, template: str, *, title: str, admin_site: Any, context: dict[str, Any]) -> HttpResponse:
    """Return a page about logging in, for this person only."""
    context = {**admin_site.each_context(request), "title": title, **context}
    response = TemplateResponse(request, template, context)
    make_private(response)
    return response
