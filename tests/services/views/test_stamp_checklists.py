import pytest
from django.test import Client

from postportal.publishing.models import State
from tests.factories import services

pytestmark = pytest.mark.django_db


def test_checklist_has_a_box_for_each_stamp_of_the_year(client: Client) -> None:
    issue = services.stamp_issue("Roads", year=2026, number=7, stamp_count=2)
    for position in (1, 2):
        services.stamp(issue, position=position, wns_number=f"CN00{position}.26")
    services.stamp_issue("Without stamps")
    services.stamp(services.stamp_issue("Secret", state=State.DRAFT), name="Secret stamp")
    services.stamp_issue("Cancelled", is_cancelled=True)

    page = client.get("/stamps/2026/checklist/").text

    assert page.count('type="checkbox"') == 3
    shown = [text in page for text in ("2-1", "CN002.26", "Without stamps", "Secret", "Cancelled")]
    assert shown == [True, True, True, False, False]
    assert client.get("/stamps/2019/checklist/").status_code == 404
