"""Pages to ask for a link and to choose a password with it. They need no login."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.staff.login_limits import may_mail_link, seconds_until_link
from postportal.staff.password_links import account_of_email, account_of_link, send_reset
from postportal.web.private_responses import make_private

# The link itself is in the session, so that the page of the form has no key in its URL.
SESSION_KEY = "password_link"


class AskForLinkForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
    )


class RedirectAndSend(HttpResponseRedirect):
    """Redirect that sends an email once it has left: an address with an account must not take longer than another."""

    def __init__(self, url: str, *, request: HttpRequest, user: User | None) -> None:
        super().__init__(url)
        self.request, self.user = request, user

    def close(self) -> None:
        super().close()
        if user := self.user:
            self.user = None
            send_reset(self.request, user)


def ask_for_link_view(request: HttpRequest) -> HttpResponse:
    """Send a link to the owner of an address. The answer is the same if nobody has the address."""
    form = AskForLinkForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, "admin/password/ask.html", title=_("Choose a new password"), form=form)
    now = timezone.now()
    if seconds := seconds_until_link(request, at=now):
        form.add_error(None, _("Too many requests. Wait a few minutes and try again."))
        response = _page(request, "admin/password/ask.html", title=_("Choose a new password"), form=form, status=429)
        response.headers["Retry-After"] = str(seconds)
        return response
    user = account_of_email(form.cleaned_data["email"])
    if user and not may_mail_link(user, at=now):
        user = None
    # The address is not logged: it may be that of somebody who has nothing to do with the portal.
    log_action(Action.PASSWORD_LINK, request=request, item=user, detail="" if user else "no email sent")
    messages.success(
        request, _("If an account has this email address, an email with a link to choose a password is on its way.")
    )
    return RedirectAndSend(reverse("admin:login"), request=request, user=user)


def open_link_view(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Take the key out of the URL. Nothing is used up: programs that check emails open links too."""
    if request.method not in ("GET", "HEAD") or account_of_link(uid, token) is None:
        response = _invalid_link(request)
    else:
        request.session[SESSION_KEY] = [uid, token]
        response = HttpResponseRedirect(reverse("admin:choose_password"))
    make_private(response, has_key=True)
    return response


@sensitive_post_parameters()
def choose_password_view(request: HttpRequest) -> HttpResponse:
    """Choose the password of the account whose link was opened in this session."""
    user = account_of_link(*request.session.get(SESSION_KEY, ("", "")))
    if user is None:
        return _invalid_link(request)
    form = SetPasswordForm(user, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, "admin/password/choose.html", title=_("Choose a password"), form=form)
    form.save()
    del request.session[SESSION_KEY]
    messages.success(request, _("Your password was saved. You can now log in."))
    return HttpResponseRedirect(reverse("admin:login"))


def _invalid_link(request: HttpRequest) -> HttpResponse:
    return _page(request, "admin/password/invalid_link.html", title=_("This link is no longer valid"), status=410)


def _page(request: HttpRequest, template: str, *, title: str, form: Any = None, status: int = 200) -> HttpResponse:
    context = {"title": title, "form": form}
    response = TemplateResponse(request, template, context, status=status)
    make_private(response)
    return response
