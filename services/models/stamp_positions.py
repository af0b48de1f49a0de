"""Stamps of a set that a credit or a catalogue number is about: “1, 3–4”."""

import re

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

_RANGE = re.compile(r"([0-9]{1,3})(?:\s*[-–]\s*([0-9]{1,3}))?")

validate_positions = RegexValidator(
    re.compile(rf"\A{_RANGE.pattern}(?:\s*[,，]\s*{_RANGE.pattern})*\Z"),
    _("Enter positions of stamps, for example 1, 3–4."),
)


def has_position(text: str, position: int) -> bool:
    """Return True if the text names the position. A blank text names none: it is about the whole issue."""
    return any(int(first) <= position <= int(last or first) for first, last in _RANGE.findall(text))
