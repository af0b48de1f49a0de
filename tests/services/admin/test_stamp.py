"""Stamps have a read-only list and are edited inside their issue."""

import pytest
from django.urls import reverse

from postportal.publishing.models import State
from services.models import Stamp, StampIssue
from tests.factories import forms, services, staff

pytestmark = pytest.mark.django_db


def test_stamp_cannot_be_changed_outside_its_issue() -> None:
    stamp, browser = services.stamp(services.stamp_issue(), name="Old"), staff.sign_in()
    one = {name: reverse(f"admin:services_stamp_{name}", args=[stamp.pk]) for name in ("change", "delete")}
    answers = [
        browser.post(one["change"], {"name": "New"}),
        browser.post(one["delete"], {"post": "yes"}),
        browser.get(reverse("admin:services_stamp_add")),
    ]
    listed = {"action": "delete_selected", "_selected_action": [stamp.pk], "post": "yes"}
    browser.post(reverse("admin:services_stamp_changelist"), listed)

    assert [answer.status_code for answer in answers] == [403] * 3
    assert Stamp.objects.get().name == "Old"
    assert (
        reverse("admin:services_stampissue_change", args=[stamp.issue_id])
        in browser.get(one["change"]).content.decode()
    )


def test_stamps_are_deleted_with_their_issue() -> None:
    issue = services.stamp_issue(state=State.DRAFT)
    services.stamp(issue)
    browser = staff.sign_in(role="Philatelist")

    browser.post(reverse("admin:services_stampissue_delete", args=[issue.pk]), forms.delete_confirmation(issue))

    assert (StampIssue.objects.count(), Stamp.objects.count()) == (0, 0)
