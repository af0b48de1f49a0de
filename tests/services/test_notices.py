import datetime as dt

import pytest
from django.utils import timezone, translation

from postportal.pages.models import ServiceNotice
from services.notices import days_in_words, fallback_in_words, load_details, place_in_words, public_notices
from tests.factories import pages, services

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 3, 20)


def detailed(at: dt.datetime) -> list[ServiceNotice]:
    rows = list(public_notices(at))
    load_details(rows, at=at)
    return rows


@pytest.mark.parametrize(
    ("begins_on", "ends_on", "words"),
    [
        (None, None, ""),
        (DAY, None, "From 20 March 2026"),
        (DAY, DAY, "20 March 2026"),
        (DAY, dt.date(2026, 4, 1), "20 March 2026 to 1 April 2026"),
    ],
)
def test_days_in_words(begins_on: dt.date | None, ends_on: dt.date | None, words: str) -> None:
    assert days_in_words(ServiceNotice(begins_on=begins_on, ends_on=ends_on)) == words


def test_place_names_services_and_areas_in_the_language_of_the_page() -> None:
    notice = pages.notice(areas="Outer islands")
    notice.services.set([services.service("Letters", name_zh="函件", order=1), services.service("Parcels", order=2)])

    (found,) = detailed(timezone.now())
    assert place_in_words(found) == "Letters, Parcels; Outer islands"
    assert place_in_words(pages.notice()) == ""


def test_fallback_is_the_number_of_the_day_of_a_public_hotline() -> None:
    hotline = services.hotline("Letters")
    services.short_code_number(hotline, valid_until=dt.date(2027, 2, 28))
    services.short_code_number(hotline, short_code="11200", valid_from=dt.date(2027, 3, 1))
    pages.notice(fallback_hotline=hotline)

    def fallback(day: str) -> str:
        (found,) = detailed(timezone.make_aware(dt.datetime.fromisoformat(day)))
        return fallback_in_words(found)

    assert fallback("2027-02-28T12:00") == "Call instead: Letters, 11185"
    assert fallback("2027-03-01T12:00") == "Call instead: Letters, 11200"
    hotline.expire_at = dt.datetime(2027, 3, 2, tzinfo=dt.UTC)
    hotline.save()
    assert fallback("2027-03-03T12:00") == ""


def test_notices_are_those_in_the_language_of_the_page() -> None:
    pages.notice("English")
    pages.notice("中文", language="zh-hans")

    assert [row.text for row in public_notices(timezone.now())] == ["English"]
    with translation.override("zh-hans"):
        assert [row.text for row in public_notices(timezone.now())] == ["中文"]
