"""The page of a long import, with and without JavaScript: each button takes one step."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from news.models import Person
from postportal.audit.models import Entry
from postportal.interchange import slicing, views
from postportal.interchange.models import LongImport
from tests.factories import staff
from tests.postportal.interchange.test_views import PEOPLE, confirm, people_file, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slicing, "SLICE", 2)
    monkeypatch.setattr(views, "MAX_REQUEST_WRITES", 1)


def uploaded(client: Client, count: int = 3) -> str:
    """Upload a file that is too long for one request, and return the URL of its page."""
    rows = [{"slug": f"person-{number}", "family_name": f"Person {number}"} for number in range(count)]
    return str(upload(client, people_file(*rows, {"slug": "bad"})).url)


def press(client: Client, url: str, button: str) -> Any:
    return client.post(url, {button: "1"}, follow=True)


def test_file_is_checked_confirmed_and_imported_in_steps() -> None:
    client = staff.sign_in(role="Editor")
    url = uploaded(client)

    first = client.get(url)
    pages = [press(client, url, name) for name in ("go_on", "go_on", "confirm", "go_on", "go_on")]

    assert "“people.json” is being checked: 0 of 4 rows." in first.text
    assert [page.context["phase"] for page in pages] == ["checking", "checked", "writing", "writing", "finished"]
    assert "imported in steps" in pages[1].text
    assert "“people.json” is being imported: 2 of 4 rows." in pages[3].text
    assert list(pages[4].context["counts"].values()) == [3, 0, 0, 1]
    assert [outcome.key for outcome in pages[4].context["outcomes"]] == ["bad", "person-0", "person-1", "person-2"]
    assert Person.objects.count() == 3
    assert Entry.objects.filter(action="import").count() == 1


def test_scripts_are_on_the_page_only_while_there_is_something_to_do() -> None:
    client = staff.sign_in(role="Editor")
    url = uploaded(client, count=1)

    running, waiting = client.get(url), press(client, url, "go_on")

    assert ["steps.js" in page.text for page in (running, waiting)] == [True, False]


def test_second_person_sees_the_import_only_once_it_is_written_and_can_stop_it() -> None:
    first, second = staff.sign_in(role="Editor"), staff.sign_in(role="Editor")
    url = uploaded(first)
    hidden = second.get(url)
    for button in ("go_on", "go_on", "confirm"):
        press(first, url, button)

    shown = second.get(url)
    listed = second.get(PEOPLE)
    stopped = press(second, url, "stop")

    assert (hidden.status_code, hidden.url) == (302, PEOPLE)
    assert shown.context["phase"] == "writing"
    assert url in listed.text
    assert "was stopped after 0 of 4 rows" in stopped.text
    assert not Person.objects.exists()


def test_second_import_of_the_register_waits() -> None:
    first, second = staff.sign_in(role="Editor"), staff.sign_in(role="Editor")
    urls = uploaded(first), uploaded(second)
    for client, url in zip((first, second), urls, strict=True):
        for button in ("go_on", "go_on", "confirm"):
            page = press(client, url, button)
    short = upload(second, people_file({"slug": "li", "family_name": "Li"}))
    waiting = confirm(second, short)

    assert "Another import of these items is running." in page.text
    assert (waiting.status_code, Person.objects.count()) == (302, 0)
    assert LongImport.objects.get(phase="writing").uploaded_by.username in second.get(PEOPLE).text


def test_whoever_may_not_import_sees_no_import() -> None:
    url = uploaded(staff.sign_in(role="Editor"))

    assert staff.sign_in(role="Viewer").get(url).status_code == 403


def test_report_costs_as_many_queries_for_many_rows() -> None:
    client = staff.sign_in(role="Editor")

    def count(rows: int) -> int:
        url = uploaded(client, count=rows)
        while press(client, url, "go_on").context["phase"] == "checking":
            pass
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    assert count(2) == count(12)
