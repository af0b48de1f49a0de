"""Sentences for readers about values that were wrong."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import translation

from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.workflow import steps
from services.models import StampIssue
from services.models.errata import errata_between, errata_in_words
from tests.factories import services, staff

pytestmark = pytest.mark.django_db


def issue_with_stamp(**fields: Any) -> StampIssue:
    issue = services.stamp_issue("Plum", currency="CNY", **fields)
    services.stamp(issue, name="Blossom", denomination=Decimal("1.20"))
    return issue


def correct(issue: StampIssue, *, note: str, fields: dict[str, Any] | None = None, **stamp: Any) -> None:
    writer, publisher = (staff.account(role) for role in ("Philatelist", "Publisher"))
    revisions.record_outside_change(issue)
    content = snapshots.serialize(issue)
    content["fields"] |= fields or {}
    content["parts"]["stamps"][0] |= stamp
    revisions.record_revision(issue, content, by=writer)
    steps.perform("submit", issue, by=writer)
    issue.refresh_from_db()
    publish(issue, publisher, note=note)


def publish(issue: StampIssue, publisher: User, *, note: str) -> None:
    steps.perform("publish", issue, by=publisher, note=note, is_minor=not note)


@time_machine.travel("2026-11-28T04:00:00Z")
def test_public_correction_says_what_each_field_was(client: Client) -> None:
    issue = issue_with_stamp(print_run=1000, issued_on=dt.date(2026, 3, 20))
    correct(issue, note="Face value corrected.", fields={"print_run": 2000}, denomination="1.50")

    for url in (issue.get_absolute_url(), f"{issue.get_absolute_url()}1/"):
        page = client.get(url).text
        assert "Corrected on <time" in page
        assert "Face value of stamp 1 was: 1.20 yuan" in page
    assert "Print run, sets was: 1000" in client.get(issue.get_absolute_url()).text
    assert "Print run, sets was" not in page


def test_minor_change_and_draft_say_nothing(client: Client) -> None:
    issue = issue_with_stamp()
    content = snapshots.serialize(issue)
    content["parts"]["stamps"][0]["denomination"] = "9.00"
    revisions.record_revision(issue, content, by=staff.account("Philatelist"))
    assert "Corrected on" not in client.get(issue.get_absolute_url()).text

    other = issue_with_stamp()
    correct(other, note="", denomination="1.50")
    assert "Corrected on" not in client.get(other.get_absolute_url()).text


def test_only_known_values_of_stamps_that_stay_are_errata() -> None:
    before = {"fields": {"currency": "CNY", "size": "", "kind": "special"}, "parts": {"stamps": [
        {"pk": 1, "position": 1, "name": "Blossom", "denomination": None},
        {"pk": 2, "position": 2, "name": "Gone", "denomination": "1.20"},
    ]}}  # fmt: skip
    after = {"fields": {"currency": "CNY", "size": "30 mm", "kind": "definitive"}, "parts": {"stamps": [
        {"pk": -5, "position": 2, "name": "New", "denomination": "1.50"},
        {"pk": 1, "position": 3, "name": "Bud", "denomination": "1.50"},
    ]}}  # fmt: skip

    errata = errata_between(before, after)

    assert errata_in_words(errata) == ["Type was: Special", "Name of stamp 3 was: Blossom"]
    assert errata_in_words(errata, stamp=3) == ["Name of stamp 3 was: Blossom"]
    assert errata_in_words(errata, stamp=1) == []


def test_dates_have_the_format_of_the_page_and_bad_values_are_shown_as_they_are() -> None:
    errata: list[dict[str, Any]] = [{"field": "issued_on", "was": "2026-03-20"}, {"field": "print_run", "was": "many"}]

    assert errata_in_words(errata) == ["Date of issue was: 20 March 2026", "Print run, sets was: many"]
    with translation.override("zh-hans"):
        assert "2026年3月20日" in errata_in_words(errata)[0]
