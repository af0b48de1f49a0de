import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from postportal.publishing.models import State
from tests.factories import services
from tests.services.views.page_content import programme_titles

pytestmark = pytest.mark.django_db


def test_makers_are_listed_by_role_and_lead_to_their_issues(client: Client) -> None:
    first, second = services.stamp_issue("First"), services.stamp_issue("Second")
    for issue in (first, second):
        services.credit(issue, name="Ma Ji & Co", role="designer")
    services.credit(first, name="Ma Ji & Co", role="printer")
    services.credit(services.stamp_issue("Hidden", state=State.DRAFT), name="Nobody Yet", role="engraver")

    answer = client.get("/stamps/makers/")
    makers = [(role, [(maker.label, maker.issue_count) for maker in rows]) for role, rows in
              answer.context["makers_by_role"]]  # fmt: skip
    assert makers == [("Designer", [("Ma Ji & Co", 2)]), ("Printer", [("Ma Ji & Co", 1)])]
    assert "Nobody Yet" not in answer.text

    page = client.get("/stamps/makers/?name=Ma+Ji+%26+Co")
    assert programme_titles(client, "/stamps/makers/?name=Ma+Ji+%26+Co") == ["Second", "First"]
    assert page.context["roles"] == ["Designer", "Printer"]
    assert client.get("/stamps/makers/?name=Nobody+Yet").status_code == 404
    assert "/stamps/makers/?name=Ma+Ji+%26+Co" in client.get(first.get_absolute_url()).text


@pytest.mark.parametrize("typed", ["+Ma++Ji+", "Ma%E2%80%8B Ji", "Ma%0AJi"])
def test_oddly_typed_name_is_found(client: Client, typed: str) -> None:
    services.credit(services.stamp_issue(), name="Ma Ji")

    answer = client.get(f"/stamps/makers/?name={typed}")

    assert answer.status_code == 200
    assert 'Stamp issues by <span dir="auto">Ma Ji</span>' in answer.text


@pytest.mark.parametrize("count", [1, 8])
def test_query_counts_do_not_grow(
    count: int, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(count):
        services.credit(services.stamp_issue(), name="Ma Ji")
    for url in ("/stamps/makers/", "/stamps/makers/?name=Ma+Ji"):
        with django_assert_max_num_queries(10):
            client.get(url)
