"""Links to choose a password, sent by email: to people who are invited, and to those who have forgotten theirs.

A link is valid until the password is chosen, the person logs in or the email address changes, at most
PASSWORD_RESET_TIMEOUT seconds. Nothing is stored: Django signs what the account has now."""

import logging
from smtplib import SMTPException
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from postportal.staff.models import language_of
from postportal.web.site_url import absolute_url, site_origin

logger = logging.getLogger(__name__)
SECONDS_PER_HOUR = 3600


def password_link(request: HttpRequest, user: User) -> str:
    """Return the absolute URL at which whoever reads it may choose the password of the account."""
    uid, token = urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)
    return absolute_url(request, reverse("admin:password_link", args=[uid, token]))


def account_of_link(uid: str, token: str) -> User | None:
    """Return the account whose password may be chosen with the link, or None if the link is no longer valid."""
    try:
        user = _accounts().get(pk=int(urlsafe_base64_decode(uid).decode()))
    except (ValueError, OverflowError, User.DoesNotExist):
        return None
    return user if default_token_generator.check_token(user, token) else None


def account_of_email(email: str) -> User | None:
    """Return the account that may ask for a link by its email address, or None. Several accounts with one address get
    none: the email could not say which one it is for.

    Accounts without a password get one only from an administrator."""
    found = [user for user in _accounts().filter(email__iexact=email)[:2] if user.has_usable_password()]
    # An address that only looks the same, such as one with a dotless i, is another one.
    return found[0] if len(found) == 1 and found[0].email.casefold() == email.casefold() else None


def send_invitation(request: HttpRequest, user: User) -> bool:
    """Email a link to somebody who has a new account. Return False if the email could not be sent."""
    with translation.override(language_of(user)):
        subject = _("Your account on %(site)s") % {"site": _host(request)}
        opening = _("An account was created for you. Choose a password to log in:")
        return _send(user, subject=subject, lines=[opening, "", *_link_lines(request, user)])


def send_reset(request: HttpRequest, user: User) -> bool:
    """Email a link to somebody who has forgotten the password. Return False if the email could not be sent."""
    with translation.override(language_of(user)):
        subject = _("Choose a new password on %(site)s") % {"site": _host(request)}
        opening = _("Somebody asked for a new password for your account. Choose one here:")
        ending = _("If that was not you, you need not do anything: your password has not changed.")
        return _send(user, subject=subject, lines=[opening, "", *_link_lines(request, user), "", ending])


def _accounts() -> Any:
    return User.objects.filter(is_active=True, is_staff=True).order_by("pk")


def _host(request: HttpRequest) -> str:
    return urlsplit(site_origin(request)).netloc


def _link_lines(request: HttpRequest, user: User) -> list[str]:
    hours = settings.PASSWORD_RESET_TIMEOUT // SECONDS_PER_HOUR
    valid = ngettext(
        "The link can be used once, within %(count)s hour.", "The link can be used once, within %(count)s hours.", hours
    )
    return [
        password_link(request, user),
        "",
        _("Your username: %(name)s") % {"name": user.get_username()},
        valid % {"count": hours},
    ]


def _send(user: User, *, subject: str, lines: list[str]) -> bool:
    try:
        # One line, or it would start another header.
        EmailMessage(" ".join(subject.split()), "\n".join(lines), to=[user.email]).send()
    except (SMTPException, OSError):
        logger.exception("The email with a link to choose a password could not be sent to account %s", user.pk)
        return False
    return True
