import pytest

from services.models import Stamp, StampIssue
from tests.factories import forms, services, staff
from tests.postportal.publishing.revision_pages import admin_url

pytestmark = pytest.mark.django_db


def draft_with_stamps(count: int) -> StampIssue:
    issue = services.stamp_issue(state="draft")
    for position in range(1, count + 1):
        services.stamp(issue, position=position)
    return issue


def names(issue: StampIssue) -> list[str]:
    return list(Stamp.objects.filter(issue=issue).values_list("name", flat=True))


def test_stamps_swap_positions_and_take_the_position_of_a_removed_one() -> None:
    issue, browser = draft_with_stamps(3), staff.sign_in(role="Philatelist")
    url = admin_url(issue, "change")

    swapped = {"stamps-0-position": "2", "stamps-1-position": "1"}
    browser.post(url, forms.fill_form(browser, url, **swapped, _continue="1"))
    assert names(issue) == ["Courier 2", "Courier 1", "Courier 3"]

    removed = {"stamps-0-DELETE": "on", "stamps-2-position": "1"}
    browser.post(url, forms.fill_form(browser, url, **removed, _continue="1"))
    assert names(issue) == ["Courier 3", "Courier 1"]


def test_equal_positions_are_refused() -> None:
    issue, browser = draft_with_stamps(2), staff.sign_in(role="Philatelist")
    url = admin_url(issue, "change")
    page = browser.post(url, forms.fill_form(browser, url, **{"stamps-0-position": "2"}, _continue="1"))

    assert "Please correct the duplicate data for position." in page.text
    assert names(issue) == ["Courier 1", "Courier 2"]
