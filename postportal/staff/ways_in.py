"""The ways into an account that its person can remove: passkeys, the authenticator app, and links with providers.

Each of them stays while it is the last way to log in, or the last second factor of somebody whose role requires one."""

from collections.abc import Callable
from enum import Enum
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest
from django_otp.plugins.otp_static.models import StaticDevice

from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.staff.models import AuthenticatorApp, ExternalLogin, Passkey
from postportal.staff.openid_settings import openid
from postportal.staff.second_factor import has_second_factor, is_second_factor_required, remove_second_factor


class Needed(Enum):
    """Why something has to stay."""

    LAST_WAY_IN = "last way in"
    LAST_FACTOR = "last second factor"


def can_log_in(user: User) -> bool:
    """Return True if the account has a password, a passkey, or a link with the provider that is set up."""
    has_provider = bool(openid.OPENID_ISSUER) and user.external_logins.filter(issuer=openid.OPENID_ISSUER).exists()
    return user.has_usable_password() or user.passkeys.exists() or has_provider


def remove_external_login(login: ExternalLogin, *, request: HttpRequest) -> Needed | None:
    """Forget the link. Return why it has to stay, None if it is gone."""

    def remove(user: User) -> None:
        login.delete()
        log_action(Action.ACCOUNT_CHANGE, request=request, item=user, detail=f"no longer linked with {login.issuer}")

    return _unless_needed(login.user, remove)


def remove_passkey(passkey: Passkey) -> Needed | None:
    """Forget a passkey. Return why it has to stay, None if it is gone."""
    return _remove_factor(Passkey.objects.filter(pk=passkey.pk), user=passkey.user, detail="passkey removed")


def remove_app(user: Any) -> Needed | None:
    """Forget the app of the user. Return why it has to stay, None if it is gone."""
    return _remove_factor(AuthenticatorApp.objects.filter(user=user), user=user, detail="app removed")


def turn_off(user: Any) -> Needed | None:
    """Forget passkeys, app and recovery codes. Return why they have to stay, None if they are gone."""
    return _unless_needed(user, lambda _user: remove_second_factor(user, detail="turned off"))


def _remove_factor(rows: Any, *, user: Any, detail: str) -> Needed | None:
    def remove(user: User) -> None:
        rows.delete()
        if not has_second_factor(user):
            StaticDevice.objects.filter(user=user).delete()
        log_action(Action.TWO_FACTOR, item=user, detail=detail)

    return _unless_needed(user, remove)


def _unless_needed(user: Any, remove: Callable[[User], None]) -> Needed | None:
    with transaction.atomic():
        # Locked, or two requests could each leave what the other removes.
        user = User.objects.select_for_update().get(pk=user.pk)
        could_log_in, had_factor = can_log_in(user), has_second_factor(user)
        remove(user)
        if had_factor and is_second_factor_required(user) and not has_second_factor(user):
            needed = Needed.LAST_FACTOR
        elif could_log_in and not can_log_in(user):
            needed = Needed.LAST_WAY_IN
        else:
            return None
        transaction.set_rollback(True)
    return needed
