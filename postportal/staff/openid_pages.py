"""Sign-in by OpenID Connect: the way to the provider and back, and what the login page says about it."""

import logging
from importlib import import_module
from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.staff import second_factor
from postportal.staff.account_page import set_language_cookie
from postportal.staff.login_limits import seconds_to_wait
from postportal.staff.login_sessions import note_login
from postportal.staff.login_steps import PASSKEY_BACKEND, TwoStepLoginForm
from postportal.staff.models import chosen_language
from postportal.staff.openid_accounts import account_of_claims, set_roles
from postportal.staff.openid_settings import offers_openid, openid
from postportal.staff.passkey_settings import offers_passkeys
from postportal.web.private_responses import make_private
from postportal.web.site_url import absolute_url

logger = logging.getLogger(__name__)
NEXT, LOGOUT = "openid_next", "openid_logout"
# In the log. No username has a space.
UNKNOWN_PERSON = "OpenID: no account"


def start_view(request: HttpRequest) -> HttpResponse:
    """Send the person to the provider."""
    if not offers_openid():
        raise Http404
    client = _client()
    request.session[NEXT] = request.GET.get("next", "")
    try:
        response: HttpResponse = client.redirect_to_provider(
            request, callback=absolute_url(request, reverse("admin:openid_back"))
        )
    except client.FAILURES:
        logger.exception("The OpenID provider did not answer")
        return _failed(request)
    make_private(response)
    return response


def back_view(request: HttpRequest, admin_site: Any) -> HttpResponse:
    """Log in the person who has come back from the provider, or ask for the second factor."""
    if not offers_openid():
        raise Http404
    if seconds_to_wait(request, username="", at=timezone.now()):
        messages.error(request, _("Too many failed logins. Wait a few minutes and try again."))
        return HttpResponseRedirect(reverse("admin:login"))
    client = _client()
    try:
        claims, id_token = client.read_answer(request)
    except client.FAILURES:
        logger.exception("The answer of the OpenID provider was refused")
        return _failed(request)
    try:
        user: Any = account_of_claims(claims)
    except ValidationError:
        user = None
    if user is None:
        log_action(Action.LOGIN_FAILED, request=request, detail=UNKNOWN_PERSON)
        text = _("There is no account here for you. Ask an administrator.")
        messages.error(request, text)
        return HttpResponseRedirect(reverse("admin:login"))
    set_roles(user, claims)
    user.backend = PASSKEY_BACKEND
    if not openid.OPENID_SECOND_FACTOR and (
        second_factor.has_second_factor(user) or second_factor.is_second_factor_required(user)
    ):
        return _second_step(request, user, admin_site=admin_site)
    url = _next_url(request)
    login(request, user)
    note_login(request)
    request.session[LOGOUT] = id_token
    response = HttpResponseRedirect(url)
    set_language_cookie(response, chosen_language(user))
    return response


def provider_logout_url(request: HttpRequest) -> str:
    """Return where the person logs out of the provider too, "" if they have not come from there."""
    id_token = request.session.get(LOGOUT)
    if not id_token or not offers_openid():
        return ""
    client = _client()
    try:
        url: str = client.logout_url(id_token=id_token, back_to=absolute_url(request, reverse("admin:login")))
    except client.FAILURES:
        logger.exception("The OpenID provider did not answer")
        return ""
    return url


def _client() -> Any:
    """Return the module with the library. Portals without this sign-in never load it."""
    return import_module("postportal.staff.openid_client")


def _second_step(request: HttpRequest, user: Any, *, admin_site: Any) -> HttpResponse:
    """Show the page for the code. The provider has stood in for the password, not for the second factor."""
    form = TwoStepLoginForm(request)
    form.pending_user = user
    context = {
        **admin_site.each_context(request),
        "title": _("Log in"),
        "form": form,
        "app_path": reverse("admin:login"),
        "next": _next_url(request),
        "offers_passkeys": offers_passkeys(request),
    }
    response = TemplateResponse(request, "admin/login.html", context)
    make_private(response)
    return response


def _next_url(request: HttpRequest) -> str:
    url = str(request.session.pop(NEXT, ""))
    is_ours = url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return url if is_ours else reverse("admin:index")


def _failed(request: HttpRequest) -> HttpResponse:
    """Say that it did not work. Why is in the log of the server: the words are the library's."""
    name = openid.OPENID_NAME
    messages.error(request, _("Login with %(name)s did not work. Try again, or log in another way.") % {"name": name})
    return HttpResponseRedirect(reverse("admin:login"))
