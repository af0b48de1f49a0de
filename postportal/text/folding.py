"""One folding of text, for everything that compares words: search, filters by name, tags, imports and the A–Z.

Two spellings that a reader would call the same word fold to the same text. What is dropped, and what is not:

- case, compatibility forms (full-width, ligatures, superscripts) and decimal digits of other scripts (NFKC);
- marks of all scripts in which they are accents, points or optional vowels: Latin, Greek, Cyrillic, Hebrew, Arabic,
  Syriac. Marks stay where a word without them is another word (`SCRIPTS_WITH_MARKS_AS_LETTERS`): Devanagari and the
  other scripts of India, Thai, Lao, Khmer, Burmese, Tibetan, Thaana, and the voicing marks of kana;
- letters that Unicode does not decompose but that readers elsewhere cannot type (ł, ø, đ, ı, æ);
- apostrophes; the kinds of hyphen and middle dot become one each; invisible characters vanish;
- traditional Chinese characters that have exactly one simplified form.
"""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from postportal.text.characters import (
    APOSTROPHES,
    CONTROLS,
    FILLERS,
    HYPHENS,
    INVISIBLE,
    MIDDLE_DOTS,
    SCRIPTS_WITH_MARKS_AS_LETTERS,
    VARIATION_SELECTORS,
    ranges_of,
)

# Follows the folding of Latin letters of Lucene and ICU (Latin-ASCII); ə is a in the passports of Azerbaijan.
_LATIN = dict(
    zip(
        "łøđðħŧıȷŋĸƀɓƃƈȼɖɗƌɛɇǝəƒǥɠɣɨɩɉƙⱪƚɫɬɱɲƞɔɵƥɍɽʂȿƭʈⱦʉʊʋⱴⱳɏƴƶȥⱬ",
        "loddhtijnkbbbccdddeeeafgggiijkklllmnnooprrsstttuuvvwyyzzz",
        strict=True,
    )
) | {"æ": "ae", "œ": "oe", "þ": "th", "ß": "ss", "ŀ": "l", "ƣ": "oi", "ȣ": "ou", "ĳ": "ij"}
# One letter on the keyboards of Arabic, Persian and Urdu, as Lucene folds them; the stroke that only stretches a word
# is dropped.
_ARABIC = {"ی": "ي", "ى": "ي", "ک": "ك", "ٱ": "ا", "ـ": ""} | dict.fromkeys("ةۃہھەۀۂ", "ه")
# The blank of Braille is not a space for Unicode, but looks like one.
_SIGNS = (
    {"\u2800": " "}
    | dict.fromkeys(APOSTROPHES, "")
    | dict.fromkeys(HYPHENS, "-")
    | dict.fromkeys(MIDDLE_DOTS, "·")
    | {"Ŀ": "l"}
)
_REPLACED = str.maketrans(_LATIN | _ARABIC | _SIGNS)
_ASCII_APOSTROPHES = str.maketrans("", "", "'`")
_DROPPED = re.compile(
    rf"[{INVISIBLE}{VARIATION_SELECTORS}{CONTROLS}{FILLERS}]"
    rf"|(?![{SCRIPTS_WITH_MARKS_AS_LETTERS}])[{ranges_of('Mn', 'Me', first=0x300)}"
    "\U0001d165-\U0001d244\U0001e000-\U0001e02a\U0001e8d0-\U0001e94a]"
)
_FOREIGN_DIGIT = re.compile(r"(?=\d)[^0-9]")
_BETWEEN_WORDS = re.compile(r"[-·,、]")


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Return the text in the form in which equal words are equal. Folding again changes nothing, and composed and
    decomposed text give the same."""
    if text.isascii():
        folded = _DROPPED.sub("", text.casefold().translate(_ASCII_APOSTROPHES))
    else:
        folded = _fold_once(text)
        while (again := _fold_once(folded)) != folded:
            folded = again
    return " ".join(folded.split())


def fold_name(name: str) -> str:
    """Return a name as it is stored to be compared and searched: folded, without full stops and with a space between
    its parts, so that “Jean-Luc”, “LIU, Aili” and “U.S.” contain the words that people type."""
    return " ".join(_BETWEEN_WORDS.sub(" ", fold(name).replace(".", "")).split())


@cache
def traditional_to_simplified() -> dict[int, int]:
    """Return a translation table of the traditional characters that have exactly one simplified form."""
    lines = Path(__file__).with_name("traditional.txt").read_text(encoding="utf-8").splitlines()
    return {ord(line[0]): ord(line[1]) for line in lines if not line.startswith("#")}


def _fold_once(text: str) -> str:
    # Signs first: some, such as ´, are a space with an accent for Unicode.
    text = unicodedata.normalize("NFC", text).translate(_REPLACED)
    text = _DROPPED.sub("", unicodedata.normalize("NFKD", text)).casefold()
    text = _FOREIGN_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)
    return unicodedata.normalize("NFC", text.translate(_REPLACED)).translate(traditional_to_simplified())
