import datetime as dt

import pytest
from django.forms import ValidationError
from django.template import Context, Template

from postportal.publishing.workflow.publish_times import format_publish_time
from postportal.web.date_fields import RangedDateTimeFormField
from postportal.web.personal_zone import is_abroad, use_zone, zone_names, zone_of

WINTER, SUMMER = dt.datetime(2026, 1, 15, 1, 30, tzinfo=dt.UTC), dt.datetime(2026, 7, 15, 1, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(("moment", "typed"), [(WINTER, "2026-01-15 02:30"), (SUMMER, "2026-07-15 03:30")])
def test_field_shows_and_takes_times_of_the_person_in_winter_and_summer(moment: dt.datetime, typed: str) -> None:
    field = RangedDateTimeFormField()

    with use_zone("Europe/Berlin"):
        shown, cleaned = field.prepare_value(moment), field.clean(typed)

    assert (f"{shown:%Y-%m-%d %H:%M}", cleaned) == (typed, moment)
    assert f"{field.prepare_value(moment):%H:%M}" == "09:30"


@pytest.mark.parametrize("typed", ["2026-03-29 02:30", "2026-10-25 02:30"])
def test_times_that_the_change_of_clocks_skips_or_repeats_are_refused(typed: str) -> None:
    """The portal's own zone has them once."""
    with use_zone("Europe/Berlin"), pytest.raises(ValidationError):
        RangedDateTimeFormField().clean(typed)

    assert RangedDateTimeFormField().clean(typed).utcoffset() == dt.timedelta(hours=8)


def test_times_just_before_and_after_the_change_of_clocks_are_an_hour_apart() -> None:
    with use_zone("Europe/Berlin"):
        before, after = map(RangedDateTimeFormField().clean, ("2026-03-29 01:59", "2026-03-29 03:00"))

    assert after - before == dt.timedelta(minutes=1)


def test_publication_time_is_shown_in_both_zones_if_they_differ() -> None:
    assert format_publish_time(WINTER) == "Thursday 15 January 2026, 09:30 Beijing time"
    with use_zone("Europe/Berlin"):
        text = format_publish_time(WINTER)
    with use_zone("America/New_York"):
        day_before = format_publish_time(WINTER)
    with use_zone("Asia/Shanghai"):
        same = format_publish_time(WINTER)

    assert text == "Thursday 15 January 2026, 09:30 Beijing time (02:30 Europe/Berlin)"
    assert day_before.endswith("09:30 Beijing time (Wednesday 14 January 2026, 20:30 America/New York)")
    assert same == "Thursday 15 January 2026, 09:30 Beijing time"


def test_template_filter_converts_to_the_zone_of_the_person_only_where_it_is_asked() -> None:
    template = Template('{{ at|staff_time|date:"H:i" }} {{ at|date:"H:i" }} {{ nothing|staff_time|default:"–" }}')

    with use_zone("Europe/Berlin"):
        text = template.render(Context({"at": SUMMER, "nothing": None}))

    assert text == "03:30 09:30 –"


@pytest.mark.parametrize("name", ["", "Nowhere/Land", "../etc/passwd", "Europe/\x00", "x" * 300])
def test_unknown_zone_is_that_of_the_portal(name: str) -> None:
    assert zone_of(name) is None
    with use_zone(name):
        assert not is_abroad()


def test_zones_to_choose_from_are_places() -> None:
    assert {"UTC", "Europe/Berlin", "Asia/Shanghai"} <= set(zone_names())
    assert {"Navajo", "EST5EDT", "Etc/GMT+5"} & set(zone_names()) == set()
