"""vCards (RFC 6350): contacts for address books and telephones."""

from collections.abc import Iterable
from typing import NamedTuple

from django.http import HttpResponse

MEDIA_TYPE = "text/vcard; charset=utf-8"
# Nothing in a URI is escaped.
URI_PROPERTIES = {"UID", "URL"}
# Octets of a line, without its end.
MAX_LINE = 75


class Property(NamedTuple):
    """A property with its parameters. The parts of a structured value are separated by semicolons."""

    name: str
    values: tuple[str, ...]
    parameters: str = ""


def write_vcard(properties: Iterable[Property]) -> str:
    """Return a card of version 4.0. Properties without a value are left out."""
    lines = ["BEGIN:VCARD", "VERSION:4.0"]
    for name, values, parameters in properties:
        if any(values):
            is_uri = name in URI_PROPERTIES or "VALUE=uri" in parameters
            lines.append(f"{name}{parameters}:{';'.join(values if is_uri else map(_escape, values))}")
    return "".join(f"{_fold(line)}\r\n" for line in [*lines, "END:VCARD"])


def vcard_response(cards: Iterable[str], *, file_name: str) -> HttpResponse:
    """Return the cards as one file."""
    response = HttpResponse("".join(cards), content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}.vcf"'
    return response


def _escape(text: str) -> str:
    for character in ("\\", ",", ";"):
        text = text.replace(character, f"\\{character}")
    return "\\n".join(text.splitlines())


def _fold(line: str) -> str:
    """Break a line that is too long, never inside a character."""
    parts, size = [""], 0
    for character in line:
        octets = len(character.encode())
        if size + octets > MAX_LINE:
            parts.append(" ")
            size = 1
        parts[-1] += character
        size += octets
    return "\r\n".join(parts)
