"""Errata of corrections that are not public yet, in each preview of the page."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from postportal.publishing.models import Edition, State
from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.workflow import steps
from services.models import StampIssue
from tests.factories import forms, services, staff
from tests.postportal.publishing.previews.test_as_of import preview_at
from tests.postportal.publishing.revision_pages import admin_url

pytestmark = pytest.mark.django_db
WAS = "Face value of stamp 1 was: 1.20 yuan"


def issue_with_stamp(**fields: Any) -> StampIssue:
    issue = services.stamp_issue("Plum", currency="CNY", **fields)
    services.stamp(issue, name="Blossom", denomination=Decimal("1.20"))
    return issue


def change(issue: StampIssue) -> None:
    """Save another face value as unpublished changes."""
    content = snapshots.serialize(issue)
    revisions.record_outside_change(issue)
    content["parts"]["stamps"][0]["denomination"] = "1.50"
    revisions.record_revision(issue, content, by=staff.account("Philatelist"))


def saved_preview(issue: StampIssue) -> str:
    return str(staff.sign_in().get(admin_url(issue, "preview")).content.decode())


def test_preview_of_unpublished_changes_has_their_errata(client: Client) -> None:
    issue = issue_with_stamp()
    change(issue)
    before = list(Edition.objects.values())

    page = saved_preview(issue)

    assert (WAS in page, "Corrected on" in page, WAS in client.get(issue.get_absolute_url()).text) == (
        True,
        True,
        False,
    )
    assert list(Edition.objects.values()) == before


def test_preview_of_the_open_form_has_the_errata_of_what_was_typed(client: Client) -> None:
    issue, browser = issue_with_stamp(), staff.sign_in()
    fields = forms.fill_form(browser, admin_url(issue, "change"), **{"stamps-0-denomination": "1.50"})

    page = browser.post(admin_url(issue, "preview"), fields).content.decode()

    assert WAS in page
    assert not Edition.objects.exists()


def test_preview_of_the_site_has_the_errata_of_a_scheduled_correction() -> None:
    issue, due = issue_with_stamp(), timezone.now() + dt.timedelta(hours=1)
    change(issue)
    steps.perform("submit", issue, by=staff.account("Philatelist"))
    issue.refresh_from_db()
    steps.perform("schedule", issue, by=staff.account("Publisher"), due_at=due)

    pages = [preview_at(at).get(issue.get_absolute_url()).text for at in (due - dt.timedelta(seconds=1), due)]

    assert [WAS in page for page in pages] == [False, True]


@pytest.mark.parametrize(
    "fields", [{"state": State.DRAFT}, {"state": State.UNPUBLISHED, "withdrawal_reason": "Wrong."}]
)
def test_what_no_reader_has_seen_has_no_errata(fields: dict[str, Any]) -> None:
    issue = issue_with_stamp(**fields)
    change(issue)

    assert "Corrected on" not in saved_preview(issue)


def test_preview_of_an_old_version_and_of_a_minor_change_has_none() -> None:
    issue = issue_with_stamp()
    change(issue)
    first = staff.sign_in().get(admin_url(issue, "preview_revision", 1)).content.decode()
    Edition.objects.update(is_minor=True)

    assert ("Corrected on" in first, "Corrected on" in saved_preview(issue)) == (False, False)
