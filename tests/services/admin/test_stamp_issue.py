from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from services.models import StampIssue
from tests.factories import forms, images, news, services, staff

pytestmark = pytest.mark.django_db
ADD = "admin:services_stampissue_add"


def form_data(**changes: Any) -> dict[str, Any]:
    stamps: dict[str, Any] = {"stamps-TOTAL_FORMS": "4"}
    for number in range(4):
        stamps |= {
            f"stamps-{number}-position": number + 1,
            f"stamps-{number}-name": f"Courier {number + 1}",
            f"stamps-{number}-denomination": "1.20",
            f"stamps-{number}-image": images.image().pk,
        }
    return {
        "title": "Mail roads",
        "title_zh": "邮路",
        "kind": "special",
        "numbering": "yearly",
        "year": "2026",
        "number": "4",
        "issued_on": "2026-03-20",
        "stamp_count": "4",
        "face_value": "4.80",
        "partners": [news.organization().pk],
        "tags": ["mountains"],
        "body": "<p>Four roads.</p>",
        **stamps,
        "products-TOTAL_FORMS": "1",
        "products-0-kind": "sheet",
        "products-0-price": "19.20",
        "products-0-order": "1",
        "credits-TOTAL_FORMS": "1",
        "credits-0-role": "designer",
        "credits-0-name": "Wen Hao",
        "credits-0-order": "0",
        "catalogue_references-TOTAL_FORMS": "1",
        "catalogue_references-0-catalogue": "michel",
        "catalogue_references-0-number": "5001–5004",
        **changes,
    }


def test_philatelist_adds_a_complete_issue() -> None:
    browser = staff.sign_in(role="Philatelist")

    answer = browser.post(reverse(ADD), forms.fill_form(browser, reverse(ADD), **form_data()))

    issue = StampIssue.objects.get()
    assert answer.status_code == 302
    assert (issue.serial, issue.slug, issue.composition) == ("2026-4", "2026-4", "4")
    assert list(issue.stamps.values_list("position", "denomination")) == [(n, Decimal("1.20")) for n in range(1, 5)]
    counts = [issue.products.count(), issue.credits.count(), issue.catalogue_references.count(), issue.partners.count()]
    assert counts == [1, 1, 1, 1]
    staff.publish(issue)
    assert browser.get(issue.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"face_value": "0"}, "Leave blank if the face value is unknown. It cannot be 0."),
        ({"stamps-1-position": "1"}, "Please correct the duplicate data for position."),
        ({"number": "4", "year": ""}, "Enter a serial number with its year, for example 2016-4."),
        ({"sale_until": "2025-01-01"}, "The sale cannot end before the date of issue."),
        ({"slug": "2026"}, "This URL is reserved for a year of the stamp programme."),
        ({"stamps-0-rate_name": "Inland letter"}, "Enter a face value or a rate name, not both."),
    ],
)
def test_impossible_facts_are_rejected_with_a_message(changes: dict[str, str], words: str) -> None:
    browser = staff.sign_in(role="Philatelist")

    page = browser.post(reverse(ADD), forms.fill_form(browser, reverse(ADD), **form_data(**changes))).content.decode()

    assert words in page
    assert StampIssue.objects.count() == 0


def test_unknown_facts_stay_unknown() -> None:
    browser = staff.sign_in(role="Philatelist")

    browser.post(reverse(ADD), forms.fill_form(browser, reverse(ADD), title="Found in a drawer"))

    issue = StampIssue.objects.get()
    unknown = [issue.year, issue.number, issue.issued_on, issue.stamp_count, issue.face_value, issue.print_run]
    assert unknown == [None] * 6


def test_list_is_searchable_by_serial_number() -> None:
    wanted = services.stamp_issue(year=2016, number=4)
    services.stamp_issue(year=2016, number=5)
    listing = reverse("admin:services_stampissue_changelist")

    answer = staff.sign_in(role="Viewer").get(listing, {"q": "2016-4"})

    assert list(answer.context["cl"].result_list) == [wanted]
