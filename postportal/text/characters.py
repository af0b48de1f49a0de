"""Classes of characters, written as the inside of a class of a regular expression."""

import sys
import unicodedata
from collections.abc import Iterator

# Chinese characters, which Japanese and Korean use too.
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Scripts without spaces between words: kana, Chinese characters, Hangul.
CHINESE = f"\u3040-\u30ff\uac00-\ud7af{HAN}"
# Everything that is typed between the letters of O’Brien, Qur’an or d’Estaing, the letters for glottal stops included.
APOSTROPHES = "'’‘‛`´′＇\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02ca\u02cb\u055a\u05f3\u1fbd\u1fbf\ua78b\ua78c"
# The plain hyphen comes first: there it is no range. Dashes between clauses (—) are not among them.
HYPHENS = "-‐‑‒–−－﹣⁃゠\u058a\u05be\u1400\u1806\u2e17\u2e1a\u2e40"
MIDDLE_DOTS = "·•‧・･"
# Characters that nobody sees: Default_Ignorable_Code_Point of Unicode without variation selectors and Hangul fillers
# inside syllables, then annotations, halves of surrogate pairs and noncharacters.
INVISIBLE = (
    "\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
)
# Half of a surrogate pair is no character.
SURROGATES = "\ud800-\udfff"
# Controls that are no spaces and no line breaks.
CONTROLS = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
# Controls that older programs end lines, pages and records with. They are spaces for Python, and nothing in HTML.
OLD_SEPARATORS = "\x0b\x0c\x1c-\x1f"
# Signs that turn the text around them, and those with no meaning inside a text.
DIRECTIONS, STRAY_MARKS = "\u202a-\u202e\u2066-\u206f", "\ufeff\ufff9-\ufffb\ufffe\uffff"
VARIATION_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
FILLERS = "\u115f\u1160"
# Scripts in which a mark is a vowel, a tone or another consonant, so that a word without it is another word: Thaana,
# the scripts of India, Sri Lanka, Tibet and South East Asia, and the voicing marks of kana.
SCRIPTS_WITH_MARKS_AS_LETTERS = (
    "\u0780-\u07bf\u0900-\u1bff\u1c00-\u1c7f\u3099\u309a\ua800-\uabff\U00010a00-\U00010a3f\U00011000-\U00011fff"
)
# Scripts in which the joiners U+200C and U+200D change how a word is written.
SCRIPTS_WITH_JOINERS = (
    "\u0600-\u07ff\u0840-\u0dff\u0f00-\u109f\u1780-\u1cff\ua800-\uabff\ufb50-\ufdcf\ufe70-\ufefc"
    "\U00010a00-\U00011fff\U0001e900-\U0001e95f"
)
EMOJI = "\u2190-\u2bff\U0001f000-\U0001faff"


def ranges_of(*categories: str, first: int = 0x80, last: int = 0xFFFF) -> str:
    """Return the characters of general categories such as "M" or "Mn" as ranges."""
    return "".join(f"{chr(start)}-{chr(end)}" for start, end in _ranges(categories, characters=range(first, last + 1)))


def _ranges(categories: tuple[str, ...], *, characters: range) -> Iterator[tuple[int, int]]:
    start = -1
    for code in characters:
        if unicodedata.category(chr(code)).startswith(categories):
            start = code if start < 0 else start
        elif start >= 0:
            yield start, code - 1
            start = -1
    if start >= 0:
        yield start, min(characters[-1], sys.maxunicode)


# Marks on letters. Beyond the first plane whole blocks, which is quicker to match: what else they contain are letters.
MARKS = (
    ranges_of("M", first=0x300, last=0xFE2F)
    + "\U00010a00-\U00010a3f\U00011000-\U00011fff\U0001e000-\U0001e95f\U000e0100-\U000e01ef"
)
