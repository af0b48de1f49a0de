"""Passkeys (WebAuthn): adding them, and checking what they sign. `passkey_library` words the questions and verifies
the answers; who logs in how is decided in `login_steps`.

Nothing is stored between the question and the answer. The page holds a signed note of what was asked, for what and of
whom, and a passkey answers no question that is older than its last answer: so each note is good for one answer."""

import base64
import json
import secrets
import time
from importlib import import_module
from typing import Any, NamedTuple

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone

from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.staff.account_names import full_name_or_username
from postportal.staff.models import Passkey

SALT = "postportal.staff.passkeys"
MAX_AGE = 15 * 60
MAX_ANSWER_LENGTH = 20_000
# More than anybody has; each is sent to the browser.
MAX_PASSKEYS = 20
# What a question is for. The answer to one is none to another.
LOGIN, SECOND_STEP, CONFIRMATION, REGISTRATION = "login", "second step", "confirmation", "registration"


class Question(NamedTuple):
    """Options that the browser passes to the authenticator, and the note that comes back with the answer."""

    options: dict[str, Any]
    note: str


def ask(purpose: str, *, user: Any = None) -> Question:
    """Return a question for the passkeys of the user, or for those of anybody who wants to log in."""
    challenge = _random_text()
    options = _library().authentication_options(challenge, keys=_keys_of(user), is_alone=purpose == LOGIN)
    return Question(options, _note(challenge, purpose=purpose, user=user))


def ask_for_new(user: Any, *, site_name: str) -> Question:
    """Return the question for a new passkey."""
    challenge, handle = _random_text(), _user_handle(user)
    names = {"handle": handle, "name": user.get_username(), "display_name": full_name_or_username(user)}
    options = _library().registration_options(challenge, site_name=site_name, user=names, keys=_keys_of(user))
    return Question(options, _note(challenge, purpose=REGISTRATION, user=user, handle=handle))


def add_passkey(user: Any, *, name: str, answer: str, note: str) -> Passkey | None:
    """Store the new passkey of the user. Return None if the answer is not one to the question of the note, or the
    passkey is known."""
    asked = _read_note(note, purpose=REGISTRATION, user=user)
    key = _library().read_new_key(answer, challenge=asked["challenge"]) if asked else None
    if asked is None or key is None:
        return None
    try:
        with transaction.atomic():
            passkey = Passkey.objects.create(
                user=user, name=name, user_handle=asked["handle"], added_at=timezone.now(), **key._asdict()
            )
            log_action(Action.TWO_FACTOR, user=user, item=user, detail="passkey added")
    except IntegrityError:
        return None
    return passkey


def find_passkey(answer: str) -> Passkey | None:
    """Return the passkey that an answer claims to be from."""
    try:
        key = json.loads(answer)["id"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    is_text = isinstance(key, str) and key.isascii() and "\x00" not in key
    return Passkey.objects.filter(credential_id=key).select_related("user").first() if is_text else None


def check_passkey(passkey: Passkey, *, answer: str, note: str, purpose: str, user: Any = None) -> bool:
    """Return True if the passkey has signed the question of the note, which was asked of the user."""
    asked = _read_note(note, purpose=purpose, user=user)
    if asked is None or (user is not None and passkey.user_id != user.pk):
        return False
    with transaction.atomic():
        # Locked, so that two requests cannot use one answer.
        row = Passkey.objects.select_for_update().filter(pk=passkey.pk).first()
        if row is None or (row.used_at and asked["at"] <= row.used_at.timestamp()):
            return False
        count = _library().read_sign_count(
            answer, challenge=asked["challenge"], public_key=row.public_key, is_alone=purpose == LOGIN
        )
        if count is None or _handle_of(answer) not in (None, "", row.user_handle) or not _counts_up(row, count):
            return False
        Passkey.objects.filter(pk=row.pk).update(sign_count=count, used_at=timezone.now())
    return True


def _counts_up(row: Passkey, count: int) -> bool:
    """Return True unless the counter of the authenticator went back, as that of a copy would. Many never count."""
    is_right = count > row.sign_count or count == row.sign_count == 0
    if not is_right:
        log_action(Action.TWO_FACTOR, user=row.user, item=row.user, detail="passkey refused: its counter went back")
    return is_right


def _note(challenge: str, *, purpose: str, user: Any, **facts: str) -> str:
    content = {"challenge": challenge, "purpose": purpose, "user": user.pk if user else None}
    return signing.dumps({**content, "at": time.time(), **facts}, salt=SALT)


def _read_note(note: str, *, purpose: str, user: Any) -> dict[str, Any] | None:
    try:
        asked: dict[str, Any] = signing.loads(note, salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return None
    return asked if (asked["purpose"], asked["user"]) == (purpose, user.pk if user else None) else None


def _keys_of(user: Any) -> list[str]:
    return list(Passkey.objects.filter(user=user).values_list("credential_id", flat=True)) if user else []


def _user_handle(user: Any) -> str:
    return Passkey.objects.filter(user=user).values_list("user_handle", flat=True).first() or _random_text()


def _random_text() -> str:
    """Return 32 random bytes as base64url."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=").decode()


def _library() -> Any:
    return import_module("postportal.staff.passkey_library")


def _handle_of(answer: str) -> Any:
    """Return the user handle of an answer. Security keys that are only a second step send none."""
    return json.loads(answer)["response"].get("userHandle")
