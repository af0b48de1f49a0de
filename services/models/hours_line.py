"""Opening hours of a week in one line: “Mon–Fri 9–12, 13:30–17; Sat 9–12” or “周一至周五 9:00–12:00”.

What is stored is a subset of the opening_hours of OpenStreetMap: “Mo-Fr 09:00-12:00,13:30-17:00; Sa 09:00-12:00”."""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _

DAY = 24 * 60
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
STORED_CHARACTERS = "".join(sorted({*"".join(DAYS), *"off0123456789:,;- "}))
# From here on, “9–5” can only be meant as 9am to 5pm.
_MORNING = range(6 * 60, 12 * 60)


class Span(NamedTuple):
    """Minutes after midnight. Hours that run past midnight close after 1440."""

    opens: int
    closes: int


# The spans of each weekday, Monday first. A day without spans is closed.
Week = tuple[tuple[Span, ...], ...]

_WORDS = (
    (
        r"24\s*/\s*7|24\s*(?:hours?|hrs?|h|小时)|(?:all day|around the clock|always|全天|昼夜)(?:24小时)?",
        " 0:00-24:00 ",
    ),
    (r"closed|\boff\b|休息|关闭|不营业|不办公|停止服务", " off "),
    (r"every\s*day|daily|每[天日]|天天", " mo-su "),
    (r"weekdays?|工作日", " mo-fr "),
    (r"weekends?|周末|双休日", " sa-su "),
    (r"noon|中午(?:12[点时])?", " 12:00 "),
    (r"midnight|午夜", " 24:00 "),
    (r"(?<=[0-9])\s*[点时](?:半|30分?)", ":30 "),
    (r"(?<=[0-9])\s*[点时](?:([0-9]{2})分?)", r":\1 "),
    (r"(?<=[0-9])\s*[点时](?:整)?", ":00 "),
    (r"\bto\b|\bthrough\b|\btill?\b|\buntil\b|[\u2010-\u2015~至到]", "-"),
    (r"\band\b|&|\+|[、，和及]", ","),
    (r"[；。\n|]", ";"),
)
_CHINESE_DAYS = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])(?:\s*-\s*([一二三四五六日天]))?")
_CHINESE_ORDER = dict(zip("一二三四五六日天", [*range(7), 6], strict=True))
_TOKEN = re.compile(
    r"(?P<day>(?:mon|tues?|tu|wed(?:nes)?|thu(?:rs?)?|fri|satu?r?|sun|mo|we|th|fr|sa|su)(?:day)?s?\.?(?![a-z]))"
    r"|(?P<time>(?P<half>上午|下午|晚上|凌晨)?\s*(?P<hour>[0-9]{1,2})(?:[:.h]?(?P<minute>[0-9]{2}))?"
    r"\s*(?P<ampm>[ap]\.?\s?m\b\.?)?)"
    r"|(?P<off>off)|(?P<sign>[-,;:])"
)


@lru_cache(maxsize=1000)
def read_hours(text: str) -> Week:
    """Return the week that a line means, stored or typed. Raise ValidationError in words if it means none."""
    tokens = _tokenize(_normalize(text))
    week: list[list[Span]] = [[] for _day in DAYS]
    clauses = _clauses(tokens)
    if not clauses:
        raise ValidationError(_("Enter opening hours, for example Mon–Fri 9–12, 13:30–17; Sat 9–12."))
    for days, spans in clauses:
        for day in days:
            week[day] = [*week[day], *spans] if spans else []
    return tuple(_merged(spans, day) for day, spans in enumerate(week))


def store_hours(text: str) -> str:
    """Return the line as it is stored."""
    return _line(read_hours(text), names=DAYS, dash="-", comma=",") if text.strip() else ""


def show_hours(text: str) -> str:
    """Return a stored line as staff read and type it, in the active language."""
    if not text:
        return ""
    names = tuple(str(WEEKDAYS_ABBR[day]) for day in range(7))
    return _line(read_hours(text), names=names, dash="–", comma=", ").replace("off", _("closed"))


def _normalize(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold()
    for pattern, replacement in _WORDS:
        text = re.sub(pattern, replacement, text)
    return _CHINESE_DAYS.sub(_chinese_days, text)


def _chinese_days(match: re.Match[str]) -> str:
    days = [DAYS[_CHINESE_ORDER[day]].lower() for day in match.groups() if day]
    return f" {'-'.join(days)} "


def _tokenize(text: str) -> list[tuple[str, int | str]]:
    tokens: list[tuple[str, int | str]] = []
    position = 0
    while rest := text[position:].lstrip():
        position = len(text) - len(rest)
        match = _TOKEN.match(rest)
        if match is None:
            word = (re.match(r"[^\W\d]+|.", rest) or [rest])[0]
            raise ValidationError(
                _("“%(word)s” is not understood. Write for example Mon–Fri 9–12, 13:30–17; Sat 9–12.") % {"word": word}
            )
        position += match.end()
        if match["day"]:
            tokens.append(("day", [day.lower() for day in DAYS].index(match["day"][:2])))
        elif match["time"]:
            tokens.append(("time" if match["minute"] or match["ampm"] or match["half"] else "hour", _minutes(match)))
        elif match["off"]:
            tokens.append(("off", 0))
        elif match["sign"] != ":":
            tokens.append((match["sign"], 0))
    return tokens


def _minutes(match: re.Match[str]) -> int:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["ampm"] or match["half"]:
        is_afternoon = (match["ampm"] or "").startswith("p") or match["half"] in ("下午", "晚上")
        hour = (hour % 12 + 12 if is_afternoon else hour % 12) if hour <= 12 else hour
    if minute > 59 or hour * 60 + minute > DAY:
        raise ValidationError(_("There is no such time: %(time)s.") % {"time": match[0].strip()})
    return hour * 60 + minute


def _clauses(tokens: list[tuple[str, int | str]]) -> list[tuple[list[int], list[Span]]]:
    """Return pairs of days and spans. A new pair begins at “;”, or at a day after times."""
    groups: list[list[tuple[str, int]]] = [[]]
    has_times = False
    for kind, value in tokens:
        if kind == ";" or (kind == "day" and has_times):
            groups.append([])
            has_times = False
        if kind != ";":
            groups[-1].append((kind, int(value)))
            has_times = has_times or kind in ("time", "hour", "off")
    return [_clause(group) for group in groups if any(kind != "," for kind, _value in group)]


def _clause(group: list[tuple[str, int]]) -> tuple[list[int], list[Span]]:
    days: list[int] = []
    spans: list[Span] = []
    position, is_closed = 0, False
    while position < len(group):
        kind, value = group[position]
        following = [each[0] for each in group[position + 1 : position + 3]]
        if kind == "day" and following == ["-", "day"]:
            last = group[position + 2][1]
            days += [day % 7 for day in range(value, last + 1 if last >= value else last + 8)]
            position += 2
        elif kind == "day":
            days.append(value)
        elif kind in ("time", "hour") and following in (["-", "time"], ["-", "hour"]):
            spans.append(_span(value, group[position + 2][1], are_bare=kind == following[1] == "hour"))
            position += 2
        elif kind == "off":
            is_closed = True
        elif kind != ",":
            raise ValidationError(_("Enter an opening and a closing time, for example 9–17."))
        position += 1
    if bool(spans) == is_closed:
        raise ValidationError(_("Enter an opening and a closing time for each day, or “closed”."))
    return days or list(range(7)), spans


def _span(opens: int, closes: int, *, are_bare: bool) -> Span:
    if opens == DAY:
        opens = 0
    if opens == closes and opens:
        raise ValidationError(_("Opening and closing time are the same. For the whole day enter 24 hours."))
    if closes < opens and are_bare and opens in _MORNING:
        hours = {"opens": opens // 60, "closes": closes // 60, "later": closes // 60 + 12}
        raise ValidationError(
            _("%(opens)s–%(closes)s: write %(opens)s–%(later)s, or %(opens)s:00–%(closes)s:00 if past midnight.")
            % hours
        )
    return Span(opens, closes if closes > opens else closes + DAY)


def _merged(spans: list[Span], day: int) -> tuple[Span, ...]:
    """Return the spans in order, those that touch joined. Refuse those that overlap: one of them is a mistake."""
    spans = sorted(spans)
    for one, other in pairwise(spans):
        if other.opens < one.closes:
            text = _("%(day)s: %(one)s and %(other)s overlap.")
            raise ValidationError(text % {"day": WEEKDAYS[day], "one": _times(one, "–"), "other": _times(other, "–")})
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1].closes == span.opens:
            joined[-1] = Span(joined[-1].opens, span.closes)
        else:
            joined.append(span)
    return tuple(joined)


def _line(week: Week, *, names: tuple[str, ...], dash: str, comma: str) -> str:
    if len(set(week)) == 1:
        return _spans(week[0], dash, comma)
    runs: list[list[int]] = []
    for day in range(7):
        if runs and week[runs[-1][0]] == week[day]:
            runs[-1].append(day)
        else:
            runs.append([day])
    by_spans: dict[tuple[Span, ...], list[str]] = {}
    for run in runs:
        label = names[run[0]] if len(run) == 1 else f"{names[run[0]]}{dash}{names[run[-1]]}"
        by_spans.setdefault(week[run[0]], []).append(label)
    return "; ".join(f"{comma.join(days)} {_spans(spans, dash, comma)}" for spans, days in by_spans.items() if spans)


def _spans(spans: tuple[Span, ...], dash: str, comma: str) -> str:
    return comma.join(_times(span, dash) for span in spans) or "off"


def _times(span: Span, dash: str) -> str:
    closes = span.closes if span.closes <= DAY else span.closes - DAY
    return dash.join(f"{minutes // 60:02}:{minutes % 60:02}" for minutes in (span.opens, closes))
