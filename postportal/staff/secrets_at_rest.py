"""Encryption of secrets in the database, with a key made from SECRET_KEY. Whoever reads a copy of the database alone,
such as a backup, learns none of them; whoever has the settings too learns all."""

import base64
import binascii
import os
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

# Secrets from before have no colon.
PREFIX = "v1:"
NONCE_LENGTH = 12
KEY_LENGTH = 32


class UnreadableSecret(Exception):  # noqa: N818
    """Raised if a secret was encrypted with another key, or belongs elsewhere."""


def is_encrypted(stored: str) -> bool:
    return stored.startswith(PREFIX)


def encrypt(secret: bytes, *, of: str) -> str:
    """Return the secret as it is stored. It can only be read for the same owner: copied to another row, it is void."""
    nonce = os.urandom(NONCE_LENGTH)
    content = nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, secret, of.encode())
    return PREFIX + base64.urlsafe_b64encode(content).decode()


def decrypt(stored: str, *, of: str) -> bytes:
    """Return the secret, read with SECRET_KEY or one of SECRET_KEY_FALLBACKS. Raises UnreadableSecret."""
    from cryptography.exceptions import InvalidTag

    try:
        content = base64.urlsafe_b64decode(stored.removeprefix(PREFIX))
    except (ValueError, binascii.Error):
        raise UnreadableSecret from None
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return _cipher(key).decrypt(content[:NONCE_LENGTH], content[NONCE_LENGTH:], of.encode())
        except (InvalidTag, ValueError):
            continue
    raise UnreadableSecret


def _cipher(key: str) -> "AESGCM":
    # Only once it is needed: processes that only answer readers save the memory of the library.
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    derived = HKDF(algorithm=SHA256(), length=KEY_LENGTH, salt=None, info=b"postportal secrets at rest")
    return AESGCM(derived.derive(key.encode()))
