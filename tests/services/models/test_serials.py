from typing import Any

import pytest
from django.core.exceptions import ValidationError

from services.models import StampIssue
from services.models.serials import serial_spellings
from tests.factories import services


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("yearly", "", 2016, 4), ["2016-4", "2016/4", "2016.4"]),
        (("yearly", "", 2016, None), []),
        (("yearly", "", None, None), []),
        (("letter-last", "T", 1992, 1), ["1992-1T", "T1992-1", "T1992/1", "T1992.1", "1992-1", "1992/1", "1992.1"]),
        (("letter-last", "M", 2016, None), ["2016-M"]),
        (("letter-last", "", 2016, None), []),
        (("dotted", "T", 1980, 46), ["T.46", "T46", "T-46", "T 46"]),
        (("running", "纪", None, 94), ["纪94", "纪.94", "纪-94", "纪 94", "C94", "C.94", "C-94", "C 94"]),
        (("running", "", None, 94), []),
    ],
)
def test_spellings_begin_with_the_printed_one(parts: tuple[Any, ...], expected: list[str]) -> None:
    numbering, series, year, number = parts

    assert serial_spellings(numbering=numbering, series=series, year=year, number=number) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "serial", "slug"),
    [
        ({"numbering": "dotted", "series": "T", "number": 46}, "T.46", "t-46"),
        ({"numbering": "running", "series": "纪", "number": 94}, "纪94", "纪94"),
        ({"numbering": "letter-last", "series": "T", "year": 1992, "number": 1}, "1992-1T", "1992-1t"),
        ({"numbering": "letter-last", "series": "M", "year": 2016}, "2016-M", "2016-m"),
    ],
)
def test_issue_has_the_printed_serial_number_and_a_slug_like_it(fields: Any, serial: str, slug: str) -> None:
    issue = StampIssue.objects.create(title="Mail Roads", **fields)

    assert (issue.serial, issue.slug) == (serial, slug)


@pytest.mark.django_db
def test_running_number_is_used_once_whatever_the_year() -> None:
    services.stamp_issue(numbering="dotted", series="T", number=46, year=1980)
    for fields in ({"series": "T"}, {"series": ""}):
        with pytest.raises(ValidationError):
            StampIssue(title="Other", numbering="dotted", number=46, year=1981, **fields).full_clean()
    StampIssue(title="Other", numbering="dotted", number=46, year=1981, series="J").full_clean()
