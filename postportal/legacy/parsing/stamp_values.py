"""Values of stamp fields. A value that cannot be read for certain is None, never 0."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from postportal.legacy.parsing.dates import read_date
from postportal.legacy.parsing.text_cleaning import collapse_whitespace, to_half_width
from services.models.perforations import tidy_gauge

_BLANK_VALUES = {"", "-", "--", "—", "——", "/", "?", "n/a", "na", "none", "null", "nil", "unknown", "tba", "tbd"}
_CHINESE_BLANK_VALUES = {"无", "不详", "未知", "待定", "暂无"}
_UNITS = {"yuan", "rmb", "cny", "fen", "mm", "x", "piece", "pieces", "pcs", "set", "sets", *"元分枚套", "毫米"}

_CURRENCIES = {
    "CNY": r"yuan|rmb(?: yuan)?|cny|rmb¥|¥|元|圆|人民币",
    "HKD": r"hk\$|hkd|hong kong dollars?|港元|港币",
    "MOP": r"mop\$?|patacas?|macao patacas?|澳门元|澳门币",
    "EUR": r"eur|euros?|€|欧元",
    "USD": r"us\$|usd|u\.s\. dollars?|us dollars?|美元",
    "CHF": r"chf|sfr\.?|swiss francs?|瑞士法郎",
}
_HUNDREDTH = r"fen|cents?|分"
_TENTH = r"jiao|角"
_UNIT = "|".join([*_CURRENCIES.values(), _HUNDREDTH, _TENTH])
_FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,6}(?:\.\d{1,3})?"
_AMOUNT = re.compile(
    rf"(?:(?P<before>{'|'.join(_CURRENCIES.values())})\s?)?(?P<amount>{_FIGURE})\s?(?P<after>{_UNIT})?(?![\d.])",
    re.IGNORECASE,
)
_AROUND_MONEY = re.compile(
    r"(?:in total|total|altogether|(?:for |per |/\s?)?(?:an? |the |each )?set|"
    r"(?:共计|共|合计|全套|一套|每套|/套|整)|[(][^()]{0,80}[)]|[\s:.,;])*\Z",
    re.IGNORECASE,
)
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_HAN_NUMBERS = "一二三四五六七八九十"
_COUNT = rf"(?:\d{{1,3}}|{'|'.join(_WORDS)}|an?|[{_HAN_NUMBERS}两])"
_STAMP_UNIT = r"(?:pieces?|pcs|stamps?|values?|枚|种)"
_SHEET_UNIT = r"(?:(?:souvenir|miniature) sheet(?:let)?s?|s/s|m/s|小型张|小全张|枚小型张|枚小全张)"
_SET = r"(?:(?:a |1 |one )?set of\s|[全一1每]套)?"
_STAMP_COUNTS = [
    re.compile(rf"{_SET}(?P<stamps>{_COUNT})\s?{_STAMP_UNIT}?(?:\s?(?:in a set|per set|/set))?\Z", re.IGNORECASE),
    re.compile(
        rf"{_SET}(?P<stamps>{_COUNT})\s?{_STAMP_UNIT}?\s?(?:\+|and|plus|&|,|，|、|加|另)\s?(?:{_SHEET_UNIT}\s?)?(?P<sheets>{_COUNT})\s?(?:{_SHEET_UNIT}|枚|m|s)?\Z",
        re.IGNORECASE,
    ),
    re.compile(rf"(?P<sheets>{_COUNT})\s?{_SHEET_UNIT}\Z", re.IGNORECASE),
    re.compile(rf"{_SHEET_UNIT}\s?(?P<sheets>\d{{1,2}})\s?枚?\Z", re.IGNORECASE),
]
# No set of stamps ever cost this much; a higher value is a typing error.
_MAX_FACE_VALUE = 100_000
_MULTIPLICATION_SIGN = re.compile(r"(?<=[\d½¼¾])\s?(?:mm|毫米|[(]mm[)]|度|°)?\s?[×xX*✕✖＊╳乘]\s?(?=\d)")
_MILLIMETRES = re.compile(r"(?<=\d)\s?(?:[(]mm[)]|mm\b|millimet(?:er|re)s?|毫米)", re.IGNORECASE)
_DEGREES = re.compile(r"(?<=[\d½¼¾])\s?(?:degrees?|度|°)", re.IGNORECASE)
_QUANTITY = re.compile(
    r"(?:各|均为|each\s)?(?P<amount>\d{1,3}(?:,\d{3})+|\d{1,12}(?:\.\d{1,4})?)\s?(?P<scale>million|thousand|万|亿)?\s?"
    r"(?:sets?|pieces?|copies|套|枚|张)?\Z",
    re.IGNORECASE,
)
_SCALES = {"million": 1_000_000, "thousand": 1000, "万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True, slots=True)
class Money:
    amount: Decimal
    # "" if no currency is printed.
    currency: str


@dataclass(frozen=True, slots=True)
class StampCounts:
    """Numbers of stamps and souvenir sheets: 2 and 1 for "2+1". None means unknown."""

    stamp_count: int | None
    souvenir_sheet_count: int | None


def is_blank(value: str) -> bool:
    """Return True for placeholders of unknown values: "", "-", "0.0 yuan", "0×0 mm", 1970-01-01."""
    text = collapse_whitespace(to_half_width(value)).casefold()
    if text in _BLANK_VALUES | _CHINESE_BLANK_VALUES:
        return True
    if date := read_date(text):
        return date.day is None
    return _is_zero(text)


def _is_zero(text: str) -> bool:
    """Return True for zeros with or without a unit."""
    digits = set(re.findall(r"\d", text))
    return digits == {"0"} and _UNITS.issuperset(re.findall(r"[^\W\d_]+", text))


def read_money(value: str) -> Money | None:
    """Return 4.80 CNY for "4.8 yuan", "RMB 4.80", "¥4.8" or "480 fen", and None for several amounts or unit prices."""
    text = collapse_whitespace(to_half_width(value)).replace("￥", "¥")
    match = _AMOUNT.search(text) if len(text) <= 200 else None
    if match is None:
        return None
    if not _AROUND_MONEY.match(text[: match.start()]) or not _AROUND_MONEY.match(text[match.end() :]):
        return None
    amount = Decimal(match["amount"].replace(",", ""))
    unit = (match["after"] or match["before"] or "").casefold()
    if re.fullmatch(_HUNDREDTH, unit):
        amount /= 100
    elif re.fullmatch(_TENTH, unit):
        amount /= 10
    currency = next((code for code, words in _CURRENCIES.items() if re.fullmatch(words, unit)), "")
    if not currency and re.fullmatch(rf"{_TENTH}|fen|分", unit):
        currency = "CNY"
    rounded = amount.quantize(Decimal("0.01"))
    return Money(rounded, currency) if amount == rounded and 0 < amount < _MAX_FACE_VALUE else None


def read_stamp_counts(value: str) -> StampCounts | None:
    text = collapse_whitespace(to_half_width(value)).rstrip(".").strip("()")
    if len(text) > 80:
        return None
    for pattern in _STAMP_COUNTS:
        if match := pattern.match(text):
            parts = match.groupdict()
            stamps = _parse_count(parts.get("stamps"))
            sheets = _parse_count(parts.get("sheets"))
            return StampCounts(stamps or None, sheets or None) if stamps or sheets else None
    return None


def read_day(value: str) -> dt.date | None:
    date = read_date(collapse_whitespace(value).rstrip(".。"))
    return date.day if date else None


def read_quantity(value: str) -> int | None:
    match = _QUANTITY.match(collapse_whitespace(to_half_width(value))) if len(value) <= 60 else None
    if match is None:
        return None
    amount = Decimal(match["amount"].replace(",", "")) * _SCALES.get((match["scale"] or "").lower(), 1)
    return int(amount) if amount and amount == int(amount) and amount < 2_000_000_000 else None


def tidy_size(value: str) -> str:
    """Return "40 × 30 mm" for "40*30mm", "40mm×30mm" and the like. Other words are kept."""
    text = _MULTIPLICATION_SIGN.sub(" × ", collapse_whitespace(to_half_width(value)))
    return "" if is_blank(value) else collapse_whitespace(_MILLIMETRES.sub(" mm", text))


def tidy_perforation(value: str) -> str:
    text = _MULTIPLICATION_SIGN.sub(" × ", collapse_whitespace(to_half_width(value)))
    return "" if is_blank(value) else tidy_gauge(collapse_whitespace(_DEGREES.sub("", text)))


def tidy_text(value: str) -> str:
    return "" if is_blank(value) else collapse_whitespace(value)


def _parse_count(printed: str | None) -> int | None:
    if not printed:
        return None
    if printed.isdigit():
        return int(printed)
    if printed in _HAN_NUMBERS:
        return _HAN_NUMBERS.index(printed) + 1
    if printed == "两":
        return 2
    return 1 if printed.lower() in {"a", "an"} else _WORDS.index(printed.lower()) + 1
