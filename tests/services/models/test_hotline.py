import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from services.models import Hotline, HotlineNumber
from tests.factories import services

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 3, 16, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ({}, "Enter either the international number or the short code."),
        (
            {"e164": "+861011185", "short_code": "11185", "region": "CN"},
            "Enter either the international number or the short code.",
        ),
        ({"short_code": "11185"}, "Enter the country for a short code, and leave it blank for other numbers."),
        (
            {"e164": "+861011185", "region": "CN"},
            "Enter the country for a short code, and leave it blank for other numbers.",
        ),
        (
            {"short_code": "11185", "region": "CN", "scope": "abroad"},
            "A short code cannot be dialled from abroad. Choose “within the country”.",
        ),
        (
            {"short_code": "11185", "region": "CN", "scope": "anywhere"},
            "A short code cannot be dialled from abroad. Choose “within the country”.",
        ),
    ],
)
def test_number_that_cannot_be_dialled_is_rejected_by_form_and_database(number: dict, message: str) -> None:
    row = HotlineNumber(hotline=services.hotline(), **number)

    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    assert message in refusal.value.messages
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize(
    "number",
    [
        *("861011185", "+0861011185", "+86 10 11185", "+86", "+86101118512345678", "x+861011185", "+861011185\n"),
        *("+８６1011185", "+86-10-11185", "8610 4008909999", "tel:+861011185"),
    ],
)
def test_number_not_in_international_format_is_rejected(number: str) -> None:
    hotline = services.hotline()

    with pytest.raises(ValidationError):
        HotlineNumber(hotline=hotline, e164=number, scope="abroad").full_clean()
    if len(number) <= 16:
        with pytest.raises(IntegrityError), transaction.atomic():
            services.number_from_abroad(hotline, e164=number)


@pytest.mark.parametrize("number", ["12", "1118x", "11 185", "+11185", "x11185", "11185\n", "١١١٨٥"])
def test_short_code_that_is_not_digits_is_rejected(number: str) -> None:
    hotline = services.hotline()

    with pytest.raises(ValidationError):
        HotlineNumber(hotline=hotline, short_code=number, region="CN").full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        services.short_code_number(hotline, short_code=number)


@pytest.mark.parametrize("region", ["cn", "C", "C1", "86"])
def test_region_is_two_capital_letters(region: str) -> None:
    hotline = services.hotline()

    with pytest.raises(ValidationError):
        HotlineNumber(hotline=hotline, short_code="11185", region=region).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        services.short_code_number(hotline, region=region)


def test_number_is_unique_for_a_hotline() -> None:
    hotline = services.hotline()
    services.short_code_number(hotline)

    with pytest.raises(ValidationError, match="already has this number"):
        HotlineNumber(hotline=hotline, short_code="11185", region="CN").full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        services.short_code_number(hotline)


def test_real_numbers_are_accepted() -> None:
    hotline = services.hotline()
    for number in (
        HotlineNumber(hotline=hotline, short_code="95580", region="CN"),
        HotlineNumber(hotline=hotline, short_code="4008909999", region="CN", as_printed="400 890 9999"),
        HotlineNumber(hotline=hotline, e164="+861095580", scope="abroad", as_printed="+86 10 95580"),
        HotlineNumber(hotline=hotline, e164="+861068859999", scope="anywhere"),
    ):
        number.full_clean()
        number.save()

    assert [str(number) for number in hotline.numbers.order_by("pk")] == [
        *("95580", "400 890 9999", "+86 10 95580", "+861068859999"),
    ]


def test_display_format_must_have_the_digits_of_the_number() -> None:
    number = HotlineNumber(hotline=services.hotline(), e164="+861011185", scope="abroad", as_printed="8610 11185")

    with pytest.raises(ValidationError, match="do not match the number"):
        number.full_clean()


def test_links_dial_exactly_the_number() -> None:
    hotline = services.hotline()

    assert services.short_code_number(hotline, as_printed="1 11 85").href == "tel:11185"
    assert services.number_from_abroad(hotline, as_printed="+86 10 11185").href == "tel:+861011185"


def test_main_number_is_the_domestic_one() -> None:
    hotline = services.hotline()
    shown = Hotline.objects.with_current_numbers(NOON.date())
    abroad = services.number_from_abroad(hotline, order=1)
    assert shown.get().main_number == abroad

    domestic = services.short_code_number(hotline, order=2)
    services.short_code_number(hotline, short_code="11100", order=0, valid_until=NOON.date() - dt.timedelta(days=1))
    assert shown.get().main_number == domestic
    assert shown.get().other_numbers == [abroad]


def test_hotline_without_numbers_has_no_main_number() -> None:
    services.hotline()
    hotline = Hotline.objects.with_current_numbers(NOON.date()).get()

    assert hotline.main_number is None
    assert hotline.other_numbers == []


def test_hotline_is_open_by_the_clock_of_its_own_time_zone() -> None:
    berlin = services.hotline(time_zone="Europe/Berlin")
    shanghai = services.hotline(time_zone="Asia/Shanghai")
    for hotline in (berlin, shanghai):
        services.opening_hours(hotline, days="0-6", times="09:00-17:00")

    assert berlin.is_open(NOON) is True
    assert shanghai.is_open(NOON) is False


def test_hotline_without_hours_is_neither_open_nor_closed() -> None:
    assert services.hotline().is_open(NOON) is None


@pytest.mark.parametrize("name", ["Mars/Olympus", "CEST Berlin", "../etc/passwd", ""])
def test_time_zone_must_exist(name: str) -> None:
    hotline = services.hotline()
    hotline.time_zone = name

    with pytest.raises(ValidationError) as refusal:
        hotline.full_clean()
    assert list(refusal.value.message_dict) == ["time_zone"]


def test_hours_of_another_hotline_are_copied_with_its_holidays() -> None:
    calendar = services.holiday_calendar()
    source = services.hotline(holiday_calendar=calendar, holiday_hours="10-12", time_zone="Asia/Urumqi")
    services.opening_hours(source, days="0-4", times="9-17")
    services.opening_hours(source, days="2026-12-24", times="9-12")
    target = services.hotline()
    services.opening_hours(target, days="6", times="9-17")

    target.copy_hours(source)

    target = Hotline.objects.get(pk=target.pk)
    assert [row.hours for row in target.opening_hours.all()] == ["Mo-Fr 09:00-17:00", "09:00-12:00"]
    assert (target.holiday_calendar, target.holiday_hours, target.time_zone) == (
        *(calendar, "10:00-12:00", "Asia/Urumqi"),
    )
    assert source.opening_hours.count() == 2


def test_page_context_has_only_public_active_hotlines_for_every_page() -> None:
    shown = services.hotline(is_on_every_page=True)
    services.hotline(is_on_every_page=False)
    services.planned_hotline(is_on_every_page=True)
    services.retired_hotline(is_on_every_page=True)
    services.hotline(is_on_every_page=True, publish_at=NOON + dt.timedelta(seconds=1))
    services.hotline(is_on_every_page=True, expire_at=NOON)

    assert list(Hotline.objects.published(NOON).on_every_page(NOON.date())) == [shown]


def test_hotlines_are_ordered_by_service_then_by_their_own_order() -> None:
    first, second = services.service(order=1), services.service(order=2)
    rows = [
        services.hotline("d", service=second, order=2),
        services.hotline("c", service=second, order=1),
        services.hotline("a", service=first, order=5),
        services.hotline("b", service=first, order=5),
    ]

    assert list(Hotline.objects.in_order()) == [rows[2], rows[3], rows[1], rows[0]]


def test_name_and_url_follow_the_language() -> None:
    hotline = services.hotline("Letters", purpose_zh="函件", slug="letters")

    assert (str(hotline), hotline.service.get_absolute_url()) == ("Letters", f"/services/#{hotline.service.slug}")
    with translation.override("zh-hans"):
        assert (str(hotline), hotline.get_absolute_url()) == ("函件", "/zh-hans/services/hotlines/#letters")


def test_needs_are_lines_in_the_language_of_the_page_each_once() -> None:
    hotline = services.hotline(needs="Lost  bank card\r\n\n lost bank card\nStolen card", needs_zh="银行卡丢失")

    hotline.full_clean()
    assert hotline.localized_needs == ["Lost bank card", "Stolen card"]
    assert hotline.all_needs == ["Lost bank card", "Stolen card", "银行卡丢失"]
    with translation.override("zh-hans"):
        assert hotline.localized_needs == ["银行卡丢失"]
        assert services.hotline(needs="Letters").localized_needs == ["Letters"]


@pytest.mark.parametrize("field", ["needs", "needs_zh"])
def test_need_that_is_too_long_is_named(field: str) -> None:
    hotline = services.hotline(**{field: f"Lost card\n{'x' * 61}"})

    with pytest.raises(ValidationError, match=f"Shorten “{'x' * 61}”: a need has at most 60 characters."):
        hotline.full_clean()


@pytest.mark.parametrize("name", ["Asia/Nowhere", "../etc", "a\x00b", "Asia"])
def test_unknown_time_zone_is_that_of_the_portal(name: str) -> None:
    """The time zone database may drop a name, and a refused form has what was typed."""
    assert Hotline(time_zone=name).local(NOON).hour == 20
