import datetime as dt
import re
from decimal import Decimal

import pytest
from django.test import Client

from services import meta_descriptions
from tests.factories import services

pytestmark = pytest.mark.django_db


def test_hotlines_are_described_by_their_numbers() -> None:
    letters, unknown = services.hotline("Letters"), services.hotline("Savings")
    services.short_code_number(letters)
    for row in (letters, unknown):
        row.show_numbers_of(dt.date(2026, 3, 20))

    assert meta_descriptions.describe_hotlines([letters, unknown]) == (
        "Telephone numbers for callers in the country and abroad, with opening hours, languages and costs."
        " Letters 11185."
    )


def test_services_are_described_by_their_names() -> None:
    assert meta_descriptions.describe_services([services.service("Letters"), services.service("Savings")]) == (
        "Postal services, who runs them and which number to call. Letters, Savings."
    )


def test_programme_is_described_by_its_titles() -> None:
    issues = [services.stamp_issue("Mail Roads"), services.stamp_issue("Geese")]

    assert meta_descriptions.describe_programme(2026, issues) == (
        "Stamp issues of 2026: dates of issue, sets, prices and where to buy. Mail Roads, Geese."
    )
    assert meta_descriptions.describe_programme(None, []) == (
        "Stamp issues without a known year, and the facts known about them."
    )


def test_issue_is_described_by_its_standfirst_and_facts() -> None:
    issue = services.stamp_issue(
        standfirst="Four ways.", kind="special", year=2026, number=7, issued_on=dt.date(2026, 3, 20), stamp_count=4,
        face_value=Decimal("8.40"),
    )  # fmt: skip
    bare = services.stamp_issue(issued_on=None)

    assert meta_descriptions.describe_issue(issue) == (
        "Four ways. Special issue 2026-7, 20 March 2026, four stamps, 8.40 yuan."
        " Designs, face values, printing details and where to buy."
    )
    assert (
        meta_descriptions.describe_issue(bare)
        == "Stamp issue. Designs, face values, printing details and where to buy."
    )


def test_stamp_is_described_by_its_description_and_its_issue() -> None:
    stamp = services.stamp(services.stamp_issue("Mail Roads"), name="Courier Path", description="A runner rests.")

    assert meta_descriptions.describe_stamp(stamp) == (
        "A runner rests."
        " The stamp Courier Path from the issue Mail Roads: picture, face value, size and position in the set."
    )


@pytest.mark.parametrize("text", ["", "word " * 40, "长" * 100])
def test_titles_and_descriptions_have_a_suitable_length(client: Client, text: str) -> None:
    issue = services.stamp_issue(text or "Geese", year=2026, number=7, standfirst=text)
    services.stamp(issue, name=(text or "Geese")[:160], description=text)

    for url in ("/stamps/2026/", "/stamps/year-not-known/", "/stamps/2026-7/", "/stamps/2026-7/1/", "/services/"):
        html = client.get(url).text
        (title,) = re.findall("<title>(.*?)</title>", html)
        (description,) = re.findall('<meta name="description" content="(.*?)">', html)
        assert len(title) <= 90
        assert 50 <= len(description) <= 165
