"""Use of the library `webauthn` for passkeys: it words the questions, and verifies what authenticators have signed.
Loaded with the first question: it takes a seventh of a start, and most processes never see a passkey."""

import json
from typing import Any, NamedTuple

from django.conf import settings
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from postportal.staff.passkey_settings import passkey_origins


class NewKey(NamedTuple):
    """Passkey that an authenticator has made: its ID and public key as base64url texts, and how often it was used."""

    credential_id: str
    public_key: str
    sign_count: int


def authentication_options(challenge: str, *, keys: list[str], is_alone: bool) -> dict[str, Any]:
    """Return the options for an answer by one of the keys, or by any where there are none. A passkey that is alone has
    to be two factors: the authenticator asks for a fingerprint or a PIN."""
    options = generate_authentication_options(
        rp_id=settings.PASSKEY_DOMAIN,
        challenge=base64url_to_bytes(challenge),
        allow_credentials=_descriptors(keys),
        user_verification=UserVerificationRequirement.REQUIRED if is_alone else UserVerificationRequirement.PREFERRED,
    )
    return _as_dict(options)


def registration_options(challenge: str, *, site_name: str, user: dict[str, str], keys: list[str]) -> dict[str, Any]:
    """Return the options for a new passkey of the user (handle, name, display name), who has those of `keys`. Which
    make the authenticator is does not matter: nothing is attested."""
    options = generate_registration_options(
        rp_id=settings.PASSKEY_DOMAIN,
        rp_name=site_name,
        user_id=base64url_to_bytes(user["handle"]),
        user_name=user["name"],
        user_display_name=user["display_name"],
        challenge=base64url_to_bytes(challenge),
        exclude_credentials=_descriptors(keys),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
    )
    return _as_dict(options)


def read_new_key(answer: str, *, challenge: str) -> NewKey | None:
    """Return the key that an authenticator has made, None if the answer is not one to the question."""
    try:
        verified = verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=settings.PASSKEY_DOMAIN,
            expected_origin=passkey_origins(),
        )
    except (WebAuthnException, ValueError):
        # Its words are the library's, and of no use to people.
        return None
    key = bytes_to_base64url(verified.credential_public_key)
    return NewKey(bytes_to_base64url(verified.credential_id), key, verified.sign_count)


def read_sign_count(answer: str, *, challenge: str, public_key: str, is_alone: bool) -> int | None:
    """Return the counter of the authenticator, None unless its key has signed the question."""
    try:
        verified = verify_authentication_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=settings.PASSKEY_DOMAIN,
            expected_origin=passkey_origins(),
            credential_public_key=base64url_to_bytes(public_key),
            credential_current_sign_count=0,
            require_user_verification=is_alone,
        )
    except (WebAuthnException, ValueError, TypeError, AttributeError):
        return None
    return verified.new_sign_count


def _descriptors(keys: list[str]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(key)) for key in keys]


def _as_dict(options: Any) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(options_to_json(options))
    return content
