"""Rule for the URLs that links may have, in form fields and in rich text."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# A slash must not be followed by another one (or a backslash, which browsers read as one): //host leaves the site.
# Control characters and the line separators U+2028 and U+2029 are stripped by browsers before they look at the scheme.
SAFE_LINK = re.compile(
    r"(?:https?://[^\s/]|mailto:|tel:|sms:|/(?![/\\])|#)[^\s\x00-\x1f\x7f\u2028\u2029]*\Z", re.IGNORECASE
)

_IGNORED = re.compile(r"[\t\r\n]")
_NUMBER = re.compile(r"(?:tel|sms):", re.IGNORECASE)


def is_safe_link(url: str) -> bool:
    """Return True for paths on this site and for https, http, mailto, tel and sms URLs."""
    return SAFE_LINK.match(url) is not None


def is_external(url: str) -> bool:
    """Return True for URLs with a host, which is another site unless somebody typed this one in full."""
    return url[:8].lower().startswith(("http://", "https://"))


def normalize_link(url: str) -> str:
    """Return the URL as browsers read it: without line breaks and tabs. Spaces are cut from numbers, else escaped."""
    url = _IGNORED.sub("", url).strip(" ")
    if _NUMBER.match(url):
        return "".join(url.split())
    return url.replace(" ", "%20") if " " in url else url


def validate_link(url: str) -> None:
    """Raise ValidationError if the URL is not safe."""
    if not is_safe_link(url):
        text = _("Enter a URL that starts with https://, mailto: or tel:, or with / for a page on this site.")
        raise ValidationError(text, code="unsafe_link")
