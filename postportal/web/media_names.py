"""Names of the stored files of pictures: `images/1f/<24 hexadecimal digits>` and an extension, with the size before it
in the names of renditions. What comes before the size is the stem, which all files of a picture share."""

import re
from collections.abc import Callable

from django.conf import settings

_STEM = r"images/[0-9a-f]{2}/[0-9a-f]{24}"
STEM_LENGTH = len("images/00/") + 24
EXTENSIONS = ("jpg", "png", "webp")
CONTENT_TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}

# The file that an upload becomes.
MASTER_NAME = re.compile(rf"{_STEM}\.(?:{'|'.join(EXTENSIONS)})")
_FILE_NAME = re.compile(rf"({_STEM})(?:-[0-9a-z-]{{1,40}})?\.(?:{'|'.join(EXTENSIONS)})")
_URL = re.compile(rf"{re.escape(settings.MEDIA_URL)}(?P<name>(?P<stem>{_STEM})[0-9a-z.-]*)")


def stem_of(name: str) -> str:
    """Return the stem of a stored file, or "" if no file of a picture can have this name."""
    match = _FILE_NAME.fullmatch(name)
    return match[1] if match else ""


def content_type_of(name: str) -> str:
    """Return the media type of a file, given its name."""
    return CONTENT_TYPES[name.rpartition(".")[2]]


def stems_in(html: str) -> set[str]:
    """Return the stems of the pictures whose URLs are in the text, whether it shows them or links to them."""
    return {match["stem"] for match in _URL.finditer(html)} if settings.MEDIA_URL in html else set()


def name_in_url(url: str) -> str:
    """Return the name of the file of a picture that has this URL on this site, or ""."""
    match = _URL.fullmatch(url)
    return match["name"] if match else ""


def replace_urls(html: str, make_url: Callable[[str], str]) -> str:
    """Return the page with every URL of a file of a picture replaced by that which `make_url` returns for its name."""
    return _URL.sub(lambda match: make_url(match["name"]), html)
