import datetime as dt

import pytest
import time_machine
from django.test import RequestFactory

from postportal.publishing.models import State
from services import json_ld
from services.models import Credit, Hotline, StampIssue
from tests.factories import news, pages, services

pytestmark = pytest.mark.django_db

TRAIL = [("Stamps", "/stamps/")]
LATER = dt.datetime(2999, 1, 1, tzinfo=dt.UTC)


def shown_hotlines() -> list[Hotline]:
    return list(Hotline.objects.for_lists().with_current_numbers(dt.date(2026, 9, 1)))


def test_operator_has_a_contact_point_for_each_number(rf: RequestFactory) -> None:
    pages.site_settings(name="Yunhai Post")
    hotline = services.hotline("Letters")
    services.short_code_number(hotline)
    services.number_from_abroad(hotline)

    operator, crumbs = json_ld.hotlines_json_ld(rf.get("/"), shown_hotlines(), trail=TRAIL)

    assert (operator["@type"], operator["name"]) == ("Organization", "Yunhai Post")
    assert [point["telephone"] for point in operator["contactPoint"]] == [["11185", "+861011185"]]
    assert [step["name"] for step in crumbs["itemListElement"]] == ["Home", "Stamps"]


@time_machine.travel("2026-09-01T04:00:00Z")
def test_whole_day_closes_before_midnight_and_closed_day_opens_and_closes_at_once(rf: RequestFactory) -> None:
    hotline = services.hotline()
    services.short_code_number(hotline)
    services.opening_hours(hotline, days="0", times="00:00-00:00")
    services.opening_hours(hotline, days="2026-10-06")

    operator, _crumbs = json_ld.hotlines_json_ld(rf.get("/"), shown_hotlines(), trail=[])

    hours = operator["contactPoint"][0]["hoursAvailable"]
    assert [(row["dayOfWeek"], row["validFrom"], row["opens"], row["closes"]) for row in hours] == [
        (["https://schema.org/Monday"], None, "00:00", "23:59"),
        (None, "2026-10-06", "00:00", "00:00"),
    ]


def test_withdrawn_issue_and_its_stamps_have_only_breadcrumbs(rf: RequestFactory) -> None:
    issue = services.stamp_issue(state=State.WITHDRAWN, withdrawal_reason="Recalled")
    stamp = services.stamp(issue)

    of_issue = json_ld.issue_json_ld(rf.get("/"), issue, issue_credits=[], trail=TRAIL)
    of_stamp = json_ld.stamp_json_ld(rf.get("/"), stamp, trail=TRAIL)

    assert [facts["@type"] for facts in of_issue] == ["BreadcrumbList"]
    assert [facts["@type"] for facts in of_stamp] == ["BreadcrumbList"]


def test_credits_are_people_or_companies_and_link_only_to_public_pages(rf: RequestFactory) -> None:
    issue = services.stamp_issue()
    services.credit(issue, name="He Lan", person=news.person("He", "Lan", slug="he-lan"))
    services.credit(issue, name="Secret", person=news.person(publish_at=LATER), order=1)
    services.credit(issue, name="State Works", role=Credit.Role.PRINTER, order=2)

    rows = list(issue.credits.all())
    facts = json_ld.issue_json_ld(rf.get("/"), StampIssue.objects.get(), issue_credits=rows, trail=[])[0]

    assert facts["creator"] == [
        {"@type": "Person", "name": "He Lan", "url": "http://testserver/people/he-lan/"},
        {"@type": "Person", "name": "Secret", "url": None},
    ]
    assert facts["producer"] == [{"@type": "Organization", "name": "State Works", "url": None}]


def test_programme_numbers_its_issues(rf: RequestFactory) -> None:
    rows = [services.stamp_issue("Mail Roads"), services.stamp_issue("Geese")]

    items, _crumbs = json_ld.programme_json_ld(rf.get("/"), rows, trail=TRAIL)

    assert [(item["position"], item["name"]) for item in items["itemListElement"]] == [(1, "Mail Roads"), (2, "Geese")]
