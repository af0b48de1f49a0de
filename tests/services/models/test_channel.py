import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from services.models import Channel
from tests.factories import services

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "address", "href", "label"),
    [
        ("email", "help@post.example", "mailto:help@post.example", "help@post.example"),
        ("chat", "https://post.example/chat/", "https://post.example/chat/", "post.example/chat"),
        ("wechat", "云海邮政", "", "云海邮政"),
        ("relay", "8610 11185", "tel:+861011185", "+86 10 11185"),
        ("fax", "010 6885 9999", "", "+86 10 6885 9999"),
    ],
)
def test_channel_opens_what_it_is(kind: str, address: str, href: str, label: str) -> None:
    row = Channel(hotline=services.hotline(), kind=kind, address=address)
    row.full_clean()

    assert (row.href, row.label) == (href, label)


@pytest.mark.parametrize(("kind", "address"), [("email", "post"), ("chat", "http://post.example"), ("fax", "fax us")])
def test_address_has_to_fit_the_channel(kind: str, address: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        Channel(hotline=services.hotline(), kind=kind, address=address).full_clean()
    assert list(refusal.value.message_dict) == ["address"]


def test_channel_needs_an_address_and_is_listed_once() -> None:
    row = services.channel(services.hotline())

    for address in ("", row.address):
        with pytest.raises(IntegrityError), transaction.atomic():
            services.channel(row.hotline, address=address)


def test_channel_is_closed_on_the_holidays_of_its_hotline() -> None:
    calendar = services.holiday_calendar(holidays={"2026-10-01": "National Day"})
    row = services.channel(services.hotline(holiday_calendar=calendar), hours="24/7")

    assert [holiday.name for holiday in row.timetable.holidays] == ["National Day"]
    assert services.channel(services.hotline()).timetable.hours == []
