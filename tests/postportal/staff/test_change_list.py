"""Lists of staff pages: their days are those of the person who reads them."""

import csv
import datetime as dt
import io
import re
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from postportal.pages.models import ContactMessage
from tests.factories import news, staff

pytestmark = pytest.mark.django_db
LIST = "/admin/pages/contactmessage/"
# The day on which clocks go forward in Berlin, and the last minute of it and the first after it.
LAST, FIRST = (dt.datetime(2026, 3, 29, *time, tzinfo=dt.UTC) for time in ((21, 59), (22, 0)))


def browser_in(zone: str) -> Client:
    user = User.objects.filter(username=zone).first() or staff.account("", username=zone, is_superuser=True)
    browser = staff.sign_in(user)
    browser.post("/admin/account/", {"time_zone": zone})
    return browser


def make_messages() -> None:
    for name, at in (("Last", LAST), ("First", FIRST)):
        row = ContactMessage.objects.create(name=name, email="r@x.example", message="?")
        ContactMessage.objects.filter(pk=row.pk).update(sent_at=at)


def names(page: Any) -> set[str]:
    return {row.name for row in page.context["cl"].result_list}


def test_drill_down_by_date_has_the_days_of_the_person() -> None:
    make_messages()
    abroad, at_home = browser_in("Europe/Berlin"), browser_in("Asia/Shanghai")
    query = "?sent_at__year=2026&sent_at__month=3"

    assert names(abroad.get(f"{LIST}{query}&sent_at__day=29")) == {"Last"}
    assert names(abroad.get(f"{LIST}{query}&sent_at__day=30")) == {"First"}
    assert names(at_home.get(f"{LIST}{query}&sent_at__day=30")) == {"Last", "First"}
    month = abroad.get(f"{LIST}{query}").content.decode()
    assert ("sent_at__day=29" in month, "sent_at__day=30" in month) == (True, True)
    assert "sent_at__day=29" not in at_home.get(f"{LIST}{query}").content.decode()


def test_changed_today_is_the_day_of_the_person() -> None:
    with time_machine.travel(LAST, tick=False):
        news.article("Changed")
    found = []
    for zone in ("Europe/Berlin", "Asia/Shanghai"):
        browser = browser_in(zone)
        for now in (LAST, FIRST):
            with time_machine.travel(now + dt.timedelta(seconds=30), tick=False):
                page = browser.get("/admin/news/article/?changed=today")
            found.append(len(page.context["cl"].result_list))

    assert found == [1, 0, 1, 1]


@pytest.mark.parametrize(
    ("zone", "sent"), [("Europe/Berlin", "2026-03-29 23:59+02:00"), ("Asia/Shanghai", "2026-03-30 05:59+08:00")]
)
def test_export_has_the_zone_in_the_heading_and_the_offset_in_the_cell(zone: str, sent: str) -> None:
    make_messages()

    answer = browser_in(zone).post(f"{LIST}export-list/csv/?q=Last")

    header, row = csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
    assert dict(zip(header, row, strict=True))[f"Sent at ({zone})"] == sent


def test_years_go_from_the_first_to_the_last_whatever_is_filtered(admin_client: Client) -> None:
    for year in (2019, 2022):
        news.article(dateline_on=dt.date(year, 5, 1))

    answers = [admin_client.get(f"/admin/news/article/{query}").content.decode() for query in ("", "?q=nothing")]
    of_year = admin_client.get("/admin/news/article/?dateline_on__year=2022").content.decode()

    for html in answers:
        assert re.findall(r"dateline_on__year=(\d+)", html) == ["2019", "2020", "2021", "2022"]
    assert "dateline_on__month=5" in of_year
    assert "dateline_on__year=2019" not in of_year


def test_years_far_apart_are_those_that_have_rows(admin_client: Client) -> None:
    for year in (2022, 2026, 2999):
        news.article(dateline_on=dt.date(year, 5, 1))

    html = admin_client.get("/admin/news/article/").content.decode()

    assert re.findall(r"dateline_on__year=(\d+)", html) == ["2022", "2026", "2999"]
