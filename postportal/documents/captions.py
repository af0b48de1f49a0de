"""Captions of recordings, as WebVTT."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# What the URL of the captions adds to that of their recording.
CAPTIONS_NAME = "captions.vtt"
_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMES = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t]+[^\n]*)?")
_BLOCK_END = re.compile(r"\n{2,}")
_HEADERS = ("NOTE", "STYLE", "REGION")


def clean_captions(text: str) -> str:
    """Return WebVTT as it is stored. Raise ValidationError with the number of the first cue that is wrong."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff").strip()
    if not text:
        return ""
    blocks = _BLOCK_END.split(text)
    if not re.match(r"WEBVTT(?:[ \t][^\n]*)?(?:\n|\Z)", blocks[0]):
        raise ValidationError(_("Captions begin with the line WEBVTT. Export them as WebVTT."))
    last, number = 0, 0
    for block in blocks[1:]:
        if block.startswith("STYLE"):
            raise ValidationError(_("Captions must have no styles."))
        if block.startswith(_HEADERS):
            continue
        number += 1
        last = _check_cue(block, number, last)
    if not number:
        raise ValidationError(_("The captions are empty."))
    return text + "\n"


def _check_cue(block: str, number: int, last: int) -> int:
    """Return when the cue begins, in milliseconds."""
    lines = block.split("\n")
    at = 0 if "-->" in lines[0] else 1
    match = _TIMES.fullmatch(lines[at]) if at < len(lines) else None
    if match is None or "-->" in "\n".join(lines[at + 1 :]):
        text = _("Caption %(number)s has no valid times. Write them as 00:01.000 --> 00:04.500.")
        raise ValidationError(text, params={"number": number})
    start, end = _milliseconds(match.groups()[:4]), _milliseconds(match.groups()[4:])
    if end <= start or start < last:
        raise ValidationError(
            _("Caption %(number)s ends before it begins, or is out of order."), params={"number": number}
        )
    if not "".join(lines[at + 1 :]).strip():
        raise ValidationError(_("Caption %(number)s has no words."), params={"number": number})
    return start


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths
