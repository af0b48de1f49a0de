"""Alphabetical order and letters of names: the Unicode collation, and pinyin for Chinese characters."""

import re
from collections.abc import Sequence
from functools import cache

from pyuca import Collator

from postportal.text.characters import HAN
from postportal.text.folding import fold

MAX_KEY_LENGTH = 400
# For names that do not begin with a letter.
NO_LETTER = "#"
_MAX_SORTED = 60
_HAN = re.compile(f"[{HAN}]+")
_NOT_SORTED = re.compile(r"[^\w\s]|_")
# Family names that are read differently from the same character in other words.
_FAMILY_NAMES = {
    "单": "shan",
    "曾": "zeng",
    "仇": "qiu",
    "解": "xie",
    "查": "zha",
    "任": "ren",
    "朴": "piao",
    "区": "ou",
    "盖": "ge",
    "乐": "yue",
    "翟": "zhai",
    "缪": "miao",
    "员": "yun",
    "秘": "bi",
    "冼": "xian",
    "种": "chong",
    "尉迟": "yu chi",
    "万俟": "mo qi",
    "长孙": "zhang sun",
    "澹台": "tan tai",
}


def sort_key(name: str, *more: str, is_family_name: bool = False) -> str:
    """Return the key by which names sort: text that every database compares alike.

    The names are compared one after the other, such as family name and given name. Marks, case and strokes count only
    between names that are otherwise equal: Đặng is next to Dang."""
    words = [
        _readable(name, is_family_name=is_family_name),
        *(_readable(other, is_family_name=False) for other in more),
    ]
    # "00" and "01" sort before every weight, so that a name comes before a longer one.
    letters = "00".join(map(_primary_key, words))
    return f"{letters}01{_full_key(' '.join([name, *more]))}"[:MAX_KEY_LENGTH]


def index_letter(name: str, *, is_family_name: bool = False) -> str:
    """Return the letter under which the name is listed: in capitals, without marks; NO_LETTER if it has none."""
    words = _readable(name, is_family_name=is_family_name)
    return words[0].upper() if words and words[0].isalpha() else NO_LETTER


def has_reading(name: str) -> bool:
    """Return True if the name has Chinese characters, which `sort_key` and `index_letter` look up in a dictionary: too
    slow for a request of a reader."""
    return _HAN.search(fold(name)) is not None


def _readable(name: str, *, is_family_name: bool) -> str:
    """Return the folded name with pinyin for its Chinese characters. Signs do not sort."""
    folded = fold(name)
    if _HAN.search(folded):
        readings = _HAN.sub(lambda run: f" {_pinyin(run[0], is_name=is_family_name and not run.start())} ", folded)
        folded = fold(readings)
    return " ".join(_NOT_SORTED.sub("", folded.replace("-", " ")).split())[:_MAX_SORTED]


def _pinyin(characters: str, *, is_name: bool) -> str:
    # Its dictionary takes half a second and 50 MB, which only saving names in Chinese characters is worth.
    from pypinyin import lazy_pinyin

    for length in (2, 1) if is_name else ():
        reading = _FAMILY_NAMES.get(characters[:length])
        if reading:
            return " ".join([reading, *lazy_pinyin(characters[length:])])
    return " ".join(lazy_pinyin(characters))


@cache
def _collator() -> Collator:
    # A quarter of a second to load, which processes that save no name save.
    return Collator()


def _primary_key(word: str) -> str:
    """Return the weights of the letters alone, as four digits each."""
    key: Sequence[int] = _collator().sort_key(word)
    return "".join(f"{weight:04x}" for weight in key[: key.index(0)])


def _full_key(name: str) -> str:
    return "".join(f"{weight:04x}" for weight in _collator().sort_key(name))
