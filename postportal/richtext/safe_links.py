"""Which addresses a link may have: one rule for typed fields and for rich text."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# A slash must not be followed by another one (or a backslash, which browsers read as one): //host leaves the site.
# Control characters and the line separators U+2028 and U+2029 are stripped by browsers before they look at the scheme.
SAFE_LINK = re.compile(r"(?:https?://[^\s/]|mailto:|tel:|/(?![/\\])|#)[^\s\x00-\x1f\x7f\u2028\u2029]*\Z", re.IGNORECASE)


def is_safe_link(address: str) -> bool:
    """True for addresses on this site and for https, http, mailto and tel."""
    return SAFE_LINK.match(address) is not None


def validate_link(address: str) -> None:
    """Raise ValidationError for an address that a link must not have."""
    if not is_safe_link(address):
        raise ValidationError(_("Start with / for this site, or with https://, mailto: or tel:."), code="unsafe_link")
