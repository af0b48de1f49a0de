"""Path converters: the values that URLs may contain."""

import datetime as dt

from django.urls import register_converter
from django.urls.converters import StringConverter

from postportal.web.date_ranges import HISTORICAL_DAYS
from postportal.web.slugs import is_page_path, is_slug, normalize


class DayConverter:
    """A date: 2021/12/08."""

    regex = r"[0-9]{4}/[0-9]{2}/[0-9]{2}"

    def to_python(self, value: str) -> dt.date:
        day = dt.date(*map(int, value.split("/")))
        if not HISTORICAL_DAYS.includes(day):
            raise ValueError(value)
        return day

    def to_url(self, value: dt.date) -> str:
        """Write any date, so that a list survives a row with a date that no form accepts. Its page is not found."""
        return f"{value.year:04}/{value.month:02}/{value.day:02}"


class YearConverter:
    regex = r"[0-9]{4}"

    def to_python(self, value: str) -> int:
        year = int(value)
        if year not in HISTORICAL_DAYS.years:
            raise ValueError(value)
        return year

    def to_url(self, value: int) -> str:
        return f"{value:04}"


class MonthConverter:
    regex = r"0[1-9]|1[0-2]"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:02}"


class UnicodeSlugConverter(StringConverter):
    """A slug in any script. The pattern is wider: it has no class for the vowel signs of Hindi or Thai."""

    regex = r"[^\s/.]+"

    def to_python(self, value: str) -> str:
        if not is_slug(value):
            raise ValueError(value)
        return normalize(value)

    def to_url(self, value: str) -> str:
        if not is_slug(value):
            raise ValueError(value)
        return value


class FeedFormatConverter(StringConverter):
    regex = r"atom|rss"


class PagePathConverter(StringConverter):
    """The path of an editorial page: about or about/history."""

    regex = r"[^\s/._A-Z-]+(?:-[^\s/._A-Z-]+)*(?:/[^\s/._A-Z-]+(?:-[^\s/._A-Z-]+)*)*"

    def to_python(self, value: str) -> str:
        if not is_page_path(value):
            raise ValueError(value)
        return normalize(value)

    def to_url(self, value: str) -> str:
        if not is_page_path(value):
            raise ValueError(value)
        return value


def register_converters() -> None:
    """Register the converters with Django. Called once when the portal starts."""
    register_converter(DayConverter, "day")
    register_converter(YearConverter, "year")
    register_converter(MonthConverter, "month")
    register_converter(UnicodeSlugConverter, "unicode_slug")
    register_converter(FeedFormatConverter, "feed_format")
    register_converter(PagePathConverter, "page_path")
