import pytest
from django.test import Client

from postportal.publishing.models import State
from tests.factories import news, services

pytestmark = pytest.mark.django_db


def test_api_lists_public_people_as_popolo() -> None:
    news.appointment(person=news.person("Liu", "Aili"))
    news.person("Secret", publish_at=None)

    found = Client().get("/api/people").json()

    assert [row["name"] for row in found["persons"]] == ["Liu Aili"]
    assert found["memberships"][0]["person_id"] == found["persons"][0]["id"]
    assert found == Client().get("/feeds/people.popolo.json").json() | found


def test_api_lists_services_as_hsds() -> None:
    services.short_code_number(services.hotline(service=services.service("Savings")), short_code="95580")

    [row] = Client().get("/api/services").json()["services"]

    assert (row["name"], row["phones"][0]["number"]) == ("Savings", "95580")


def test_api_lists_the_stamps_of_a_year() -> None:
    services.stamp(services.stamp_issue("Bridges"), name="Stone")
    services.stamp(services.stamp_issue("Secret", state=State.DRAFT), name="Secret")

    found = Client().get("/api/stamps?year=2026").json()["stamps"]

    assert [(row["issue_title"], row["stamp_title"]) for row in found] == [("Bridges", "Stone")]
    assert Client().get("/api/stamps?year=1990").json() == {"stamps": []}


@pytest.mark.parametrize("url", ["/api/stamps?year=x", "/api/stamps?year=1700", "/api/people?page=2"])
def test_api_refuses_other_parameters(url: str) -> None:
    assert Client().get(url).status_code in (400, 422)
