from decimal import Decimal

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from services.dashboard import StampIssueWarningsQueue
from services.models import StampIssue
from services.warning_counts import store_warning_counts
from tests.factories import forms, services, staff
from tests.postportal.publishing.revision_pages import admin_url

pytestmark = pytest.mark.django_db
SUM = "The face values of the stamps add up to 2.40."
YEAR = "The WNS number ends with 19, but the year is 2026."


def issue_with_faults() -> StampIssue:
    issue = services.stamp_issue(year=2026, number=4, stamp_count=2, face_value=Decimal("9.99"))
    services.stamp(issue, denomination=Decimal("1.20"), wns_number="CN001.19")
    services.stamp(issue, position=2, denomination=Decimal("1.20"))
    return issue


def test_form_shows_warnings_beside_the_fields_and_saves() -> None:
    issue = issue_with_faults()
    services.stamp_issue(year=2026, number=1)
    browser, url = staff.sign_in(role="Philatelist"), admin_url(issue, "change")
    page = browser.get(url).text

    assert [text in page for text in (SUM, YEAR, "but not the one before this")] == [True] * 3
    answer = browser.post(url, forms.fill_form(browser, url, standfirst="Two ways.", _continue="1"), follow=True)
    assert "Check 3 details: the form shows warnings under their fields." in answer.text
    assert answer.redirect_chain


def test_dashboard_lists_issues_with_warnings(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    user = staff.account("Philatelist")
    issue, behind_gap = issue_with_faults(), services.stamp_issue(year=2026, number=7)
    services.stamp_issue(year=2026, number=8)
    store_warning_counts("services.stampissue", [issue.pk])
    with django_assert_num_queries(4):
        items = StampIssueWarningsQueue().items(user, timezone.now())

    assert [(item.text, item.detail) for item in items] == [
        (str(behind_gap), "The serial number before this is missing."),
        (str(issue), SUM),
    ]
