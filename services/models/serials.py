"""Serial numbers of stamp issues, as they are printed and as collectors write them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# Letters of English catalogues for the characters that are printed on the stamps of these series.
CHARACTERS = {"C": "纪", "S": "特", "W": "文", "N": "编", "R": "普"}
LETTERS = {character: letter for letter, character in CHARACTERS.items()}


class Numbering(models.TextChoices):
    """Forms in which serial numbers are printed. Running numbers go on over the years."""

    YEARLY = "yearly", _("Year first: 2016-4 or T2016-4")
    LETTER_LAST = "letter-last", _("Letter last: 1992-1T or 2016-M")
    DOTTED = "dotted", _("Running, with a point: T.46 or J.1")
    RUNNING = "running", _("Running: C94, N95 or 纪94")


RUNNING_NUMBERINGS = (Numbering.DOTTED, Numbering.RUNNING)


def serial_text(*, numbering: str, series: str, year: int | None, number: int | None) -> str:
    """Return the serial number as it is printed, “2016-4” or “T.46”; "" if it is unknown."""
    if numbering in RUNNING_NUMBERINGS:
        point = "." if numbering == Numbering.DOTTED else ""
        return f"{series}{point}{number}" if series and number else ""
    if numbering == Numbering.LETTER_LAST:
        return f"{year}-{number or ''}{series}" if year and (number or series) else ""
    return f"{series}{year}-{number}" if year and number else ""


def serial_spellings(*, numbering: str, series: str, year: int | None, number: int | None) -> list[str]:
    """Return the ways to write a serial number, the printed one first. None if it is unknown."""
    printed = serial_text(numbering=numbering, series=series, year=year, number=number)
    if not printed:
        return []
    names = [series, *filter(None, (CHARACTERS.get(series), LETTERS.get(series)))]
    if numbering in RUNNING_NUMBERINGS:
        marks = ("", ".", "-", " ")
        return list(dict.fromkeys([printed, *(f"{name}{mark}{number}" for name in names for mark in marks)]))
    number_text = str(number or "")
    yearly = [f"{year}{mark}{number_text}" for mark in "-/."] if number else []
    letter_last = [f"{year}-{number_text}{name}" for name in names if series]
    letter_first = [f"{name}{text}" for name in names for text in yearly if series]
    return list(dict.fromkeys([printed, *letter_last, *letter_first, *yearly]))
