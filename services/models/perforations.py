"""Perforations as catalogues write them: “13½ × 13”, “Imperforate”."""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _

_FRACTIONS = {"1/4": "¼", "1/2": "½", "3/4": "¾"}
_FRACTION = re.compile(r"\s*(?<![0-9/])(1/4|1/2|3/4)(?![0-9])")
_TIMES = re.compile(r"(?<=[0-9¼½¾])\s*[xX*×]\s*(?=[0-9])")


class PerforationKind(models.TextChoices):
    COMB = "comb", _("Comb")
    LINE = "line", _("Line")
    ROULETTED = "rouletted", _("Rouletted")
    DIE_CUT = "die-cut", _("Die-cut")
    IMPERFORATE = "imperforate", _("Imperforate")


def tidy_gauge(text: str) -> str:
    """Return the gauge with proper signs: “13 1/2x13” → “13½ × 13”."""
    text = _FRACTION.sub(lambda match: _FRACTIONS[match[1]], text)
    return _TIMES.sub(" × ", text)


def perforation_text(kind: str, gauge: str) -> str:
    """Return “Comb 13½ × 13”, “13” or “Imperforate”; "" if it is unknown."""
    label = str(PerforationKind(kind).label) if kind else ""
    return f"{label} {gauge}".strip()
