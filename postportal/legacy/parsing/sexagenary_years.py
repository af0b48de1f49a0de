"""Years of the sixty-year cycle and its twelve animals in the titles of stamps: "Gengyin Year", 庚寅年."""

import datetime as dt
import re

_STEMS = ("jia", "yi", "bing", "ding", "wu", "ji", "geng", "xin", "ren", "gui")
_BRANCHES = ("zi", "chou", "yin", "mao", "chen", "si", "wu", "wei", "shen", "you", "xu", "hai")
_HAN_STEMS = "甲乙丙丁戊己庚辛壬癸"
_HAN_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ANIMALS = (
    *("rat|mouse", "ox|cow", "tiger", "rabbit|hare", "dragon", "snake", "horse", "goat|sheep|ram", "monkey"),
    *("rooster|cock|chicken", "dog", "pig|boar"),
)
_PINYIN_YEARS = {_STEMS[n % 10] + _BRANCHES[n % 12]: n for n in range(60)}
_CHINESE_YEARS = {_HAN_STEMS[n % 10] + _HAN_BRANCHES[n % 12]: n for n in range(60)}
_NAMED_YEAR = re.compile(
    rf"\b({'|'.join(sorted(_PINYIN_YEARS, key=len, reverse=True))})[ -]?year\b|({'|'.join(_CHINESE_YEARS)})年",
    re.IGNORECASE,
)
_ANIMAL_YEAR = re.compile(rf"\byear of (?:the )?(?:{'|'.join(f'({animal})' for animal in _ANIMALS)})\b", re.IGNORECASE)


def is_outside_named_year(title: str, day: dt.date) -> bool:
    """Return True if the title names a year of the cycle and `day` is neither in it nor in the year before.

    Stamps for such a year are issued early in it or at the end of the year before."""
    expected, length = _find_cycle_year(title[:300])
    return expected is not None and all((year - 4 - expected) % length for year in (day.year, day.year + 1))


def _find_cycle_year(title: str) -> tuple[int | None, int]:
    if match := _NAMED_YEAR.search(title):
        name = match[1] or match[2]
        return (_PINYIN_YEARS | _CHINESE_YEARS)[name.lower()], 60
    if match := _ANIMAL_YEAR.search(title):
        return next(index for index, animal in enumerate(match.groups()) if animal), 12
    return None, 1
