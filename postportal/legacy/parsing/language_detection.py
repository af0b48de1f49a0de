"""Detection of the language of a page."""

import re

from postportal.text.characters import HAN

_HAN = re.compile(f"[{HAN}]")
_LATIN = re.compile(r"[A-Za-z]")
# A Chinese character says about as much as two or three letters; an English text may quote a few names.
_HAN_WEIGHT = 3


def detect_language(*texts: str) -> str:
    """Return "zh-hans" or "en", by the share of Chinese characters in the first texts."""
    sample = " ".join(texts)[:20_000]
    return "zh-hans" if len(_HAN.findall(sample)) * _HAN_WEIGHT > len(_LATIN.findall(sample)) else "en"
