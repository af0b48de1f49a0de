import datetime as dt

from django.utils.translation import override

from services.models import HotlineNumber
from services.models.number_dates import DatedChange
from services.models.number_dates_in_words import announcement, replacement

DAY = dt.date(2027, 3, 1)
OLD, NEW = HotlineNumber(short_code="11185", valid_until=DAY), HotlineNumber(short_code="11200", valid_from=DAY)


def test_announcement_names_the_day_and_what_is_replaced() -> None:
    assert announcement(DatedChange(NEW, [OLD])) == "From 1 March 2027: 11200 instead of 11185"
    assert announcement(DatedChange(NEW)) == "From 1 March 2027: 11200"


def test_replacement_names_the_number_to_call_or_the_last_day() -> None:
    assert replacement(DatedChange(OLD, [NEW])) == "11185: replaced by 11200"
    assert replacement(DatedChange(OLD)) == "11185: in service until 1 March 2027"


def test_dates_have_the_format_of_the_language() -> None:
    with override("zh-hans"):
        assert "2027年3月1日" in announcement(DatedChange(NEW))
