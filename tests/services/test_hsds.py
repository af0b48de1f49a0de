import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import news, services

pytestmark = pytest.mark.django_db
URL = "/feeds/services.hsds.json"
TOMORROW = timezone.now() + dt.timedelta(days=1)


def test_service_has_phones_and_schedules_of_hsds() -> None:
    service = services.service("Savings", organization=news.organization("Bank"))
    hotline = services.hotline("Cards", service=service, languages="zh,en")
    services.short_code_number(hotline, short_code="95580")
    services.number_from_abroad(hotline, valid_from=dt.date(2990, 1, 1))
    services.opening_hours(hotline, days="0-4", times="09:00-12:00,13:30-17:00")
    services.channel(hotline, kind="email", address="cards@post.example")

    [row] = Client().get(URL).json()["services"]

    assert (row["name"], row["status"], row["organization"]["name"]) == ("Savings", "active", "Bank")
    assert [(phone["number"], phone["type"]) for phone in row["phones"]] == [("95580", "voice")]
    assert [(each["byday"], each["opens_at"], each["closes_at"], each["freq"]) for each in row["schedules"]] == [
        ("MO,TU,WE,TH,FR", "09:00", "12:00", "WEEKLY"),
        ("MO,TU,WE,TH,FR", "13:30", "17:00", "WEEKLY"),
    ]
    assert row["contacts"][0]["email"] == "cards@post.example"
    [place] = row["service_at_locations"]
    assert (place["location"]["location_type"], place["location"]["name"]) == ("virtual", "Cards")
    assert place["location"]["url"].endswith("/services/hotlines/#cards")
    assert (place["phones"], place["schedules"]) == (row["phones"], row["schedules"])
    assert row["languages"] == [{"code": "zh"}, {"code": "en"}]


def test_hidden_rows_are_left_out() -> None:
    service = services.service("Savings", organization=news.organization("Secret", publish_at=TOMORROW))
    services.short_code_number(services.hotline("Secret line", service=service, publish_at=TOMORROW))

    response = Client().get(URL)

    assert "Secret" not in response.text
    assert (response.json()["services"][0]["phones"], "Secret" in Client().get("/feeds/hotlines.vcf").text) == (
        [],
        False,
    )


def test_hsds_takes_as_many_queries_for_many_rows() -> None:
    def count(rows: int) -> int:
        for number in range(rows):
            hotline = services.hotline()
            services.short_code_number(hotline, short_code=f"95{number}")
            services.opening_hours(hotline, days="0-4", times="09:00-12:00")
        with CaptureQueriesContext(connection) as queries:
            Client().get(URL, {"once": uuid.uuid4().hex})
        return len(queries)

    count(1)
    assert count(1) == count(8)


def test_vcard_of_a_hotline_has_its_number_of_today() -> None:
    hotline = services.hotline("Lost cards", note="Press 0, then 1")
    services.number_from_abroad(hotline, e164="+861011185", extension="12")
    services.short_code_number(hotline, short_code="11100", valid_until=dt.date(2020, 1, 1))

    text = Client().get(f"/feeds/hotlines/{hotline.slug}.vcf").content.decode().replace("\r\n ", "")

    assert 'TEL;VALUE=uri;TYPE="voice,work":tel:+861011185;ext=12\r\n' in text
    assert "NOTE:Press 0\\, then 1\r\n" in text
    assert "11100" not in text
