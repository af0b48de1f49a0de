"""The second factor of a login: passkeys, codes of an authenticator app (TOTP), and recovery codes for lost phones.

`passkeys` checks what passkeys sign. django-otp stores the secrets of apps, checks the codes, accepts each of them once
and slows down guessing. Who logs in how is decided here and in `login_steps`: nobody has a session before both steps
are done.
"""

import logging
from base64 import b32encode
from typing import Any

import segno
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import transaction
from django.utils.safestring import SafeString, mark_safe
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken

from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.roles import ROLES
from postportal.staff.models import AuthenticatorApp, Passkey
from postportal.staff.secrets_at_rest import UnreadableSecret

logger = logging.getLogger(__name__)
# In STAFF_TWO_FACTOR_ROLES, beside the names of roles.
SUPERUSERS = "Superuser"
RECOVERY_CODES = 10
MAX_CODE_LENGTH = 32
GROUP_LENGTH = 4


def has_second_factor(user: Any) -> bool:
    return has_app(user) or has_passkey(user)


def has_app(user: Any) -> bool:
    return bool(AuthenticatorApp.objects.devices_for_user(user, confirmed=True).exists())


def has_passkey(user: Any) -> bool:
    return Passkey.objects.filter(user=user).exists()


def is_second_factor_required(user: Any) -> bool:
    """Return True if one of the user's roles may only be used with a second factor."""
    required = set(settings.STAFF_TWO_FACTOR_ROLES)
    if not required:
        return False
    return bool((SUPERUSERS in required and user.is_superuser) or user.groups.filter(name__in=required).exists())


def check_code(user: Any, code: str) -> bool:
    """Return True if the user may log in with the code of the app or the recovery code. Each is accepted once."""
    code = code.replace(" ", "").replace("-", "").lower()
    is_of_app = code.isascii() and code.isdigit()
    devices: Any = AuthenticatorApp.objects if is_of_app else StaticDevice.objects
    with transaction.atomic():
        # Locked, so that two requests cannot use one code.
        rows = devices.devices_for_user(user, confirmed=True).select_for_update().order_by("pk")
        is_right = any(_verify(device, code) for device in rows)
        if is_right and not is_of_app:
            log_action(Action.TWO_FACTOR, user=user, item=user, detail="recovery code used")
    return bool(is_right)


def _verify(device: Any, code: str) -> bool:
    try:
        return bool(device.verify_token(code))
    except UnreadableSecret:
        logger.exception("The app of account %s was encrypted with another SECRET_KEY", device.user_id)
        return False


def new_device(user: Any) -> AuthenticatorApp:
    """Return the app that is being set up. Nothing asks for its codes before the first one was right."""
    rows = AuthenticatorApp.objects
    device: AuthenticatorApp = rows.get_or_create(user=user, confirmed=False, defaults={"name": "app"})[0]
    if not device.is_readable:
        device.delete()
        device = rows.create(user=user, confirmed=False, name="app")
    return device


def confirm_device(user: Any, code: str) -> bool:
    """Turn the second factor on if the code is one of the app that is being set up. Return False otherwise."""
    with transaction.atomic():
        rows = AuthenticatorApp.objects.devices_for_user(user, confirmed=False)
        device = rows.select_for_update().order_by("pk").first()
        if device is None or not _verify(device, code.replace(" ", "")):
            return False
        AuthenticatorApp.objects.filter(pk=device.pk).update(confirmed=True)
        log_action(Action.TWO_FACTOR, user=user, item=user, detail="set up")
    return True


def make_recovery_codes(user: Any) -> list[str]:
    """Replace the recovery codes of the user and return the new ones."""
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name="recovery", confirmed=True)
        codes = [StaticToken.random_token() + StaticToken.random_token() for _number in range(RECOVERY_CODES)]
        # Two of the library's tokens: one alone has 40 bits.
        StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
        log_action(Action.TWO_FACTOR, item=user, detail="recovery codes created")
    return [in_groups(code) for code in codes]


def count_recovery_codes(user: Any) -> int:
    return int(StaticToken.objects.filter(device__user=user).count())


def remove_second_factor(user: Any, *, detail: str) -> None:
    """Forget passkeys, app and recovery codes of the user. `detail` says in the log how that came about."""
    with transaction.atomic():
        Passkey.objects.filter(user=user).delete()
        AuthenticatorApp.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()
        log_action(Action.TWO_FACTOR, item=user, detail=detail)


def secret_of(device: AuthenticatorApp) -> str:
    """Return the secret for people who type it into their app."""
    return in_groups(b32encode(device.bin_key).decode())


def qr_code(device: AuthenticatorApp) -> SafeString:
    """Return the secret as a picture for the camera: SVG without styles, drawn here, so that nobody else sees it.

    Without a size of its own, or narrow screens would cut it off instead of shrinking it."""
    drawing = segno.make(device.config_url, error="m")
    return mark_safe(drawing.svg_inline(omitsize=True, light="#fff", svgclass="qr-code"))  # noqa: S308


def in_groups(code: str) -> str:
    return " ".join(code[start : start + GROUP_LENGTH] for start in range(0, len(code), GROUP_LENGTH))


def check_two_factor_roles(**kwargs: Any) -> list[CheckMessage]:
    unknown = sorted(set(settings.STAFF_TWO_FACTOR_ROLES) - {*ROLES, SUPERUSERS})
    if not unknown:
        return []
    known = ", ".join([*ROLES, SUPERUSERS])
    return [
        Error(
            f"STAFF_TWO_FACTOR_ROLES names roles that do not exist: {', '.join(unknown)}",
            hint=f"Use: {known}",
            id="portal.E065",
        )
    ]
