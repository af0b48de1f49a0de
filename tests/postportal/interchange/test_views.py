import datetime as dt
import json
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from news.models import Organization, Person
from postportal.audit.models import Entry
from postportal.interchange import views
from postportal.interchange.models import LongImport, RegisterFile
from postportal.interchange.report import Result
from postportal.publishing.models import Revision, State
from postportal.publishing.versions.revisions import open_edition
from services.models import StampIssue
from tests.factories import news, services, staff
from tests.postportal.interchange.round_trips import exported

pytestmark = pytest.mark.django_db
PEOPLE = "/admin/registers/people/"


def people_file(*rows: dict[str, Any]) -> bytes:
    return json.dumps({"register": "people", "version": 1, "rows": list(rows)}).encode()


def upload(client: Client, content: bytes, *, url: str = PEOPLE, name: str = "people.json") -> Any:
    return client.post(f"{url}import/", {"file": SimpleUploadedFile(name, content)})


def confirm(client: Client, page: Any, *, url: str = PEOPLE) -> Any:
    fields = {"file": page.context["file"].pk, "digest": page.context["report"].digest}
    return client.post(f"{url}import/confirm/", fields)


def test_list_leads_to_export_with_its_filters() -> None:
    news.person("Zhou")

    page = staff.sign_in(role="Editor").get("/admin/news/person/?q=zhou")

    assert 'href="/admin/registers/people/?q=zhou"' in page.text


def test_export_has_filtered_rows_and_is_in_the_audit_log() -> None:
    news.person("Zhou", "Mei")
    news.person("Li", "Na")
    client = staff.sign_in(role="Viewer")

    response = client.post(f"{PEOPLE}export/?q=zhou", {"file_format": "json"})

    rows = json.loads(b"".join(response.streaming_content))["rows"]
    assert [row["slug"] for row in rows] == ["zhou-mei"]
    entry = Entry.objects.get(action="export")
    assert (entry.item_label, entry.detail) == ("news.person", "1 rows as json, filter q=zhou")


@pytest.mark.parametrize(
    ("role", "register", "expected"),
    [
        ("Author", "people", [403, 403, 403]),
        ("Viewer", "people", [200, 200, 403]),
        ("Editor", "people", [200, 200, 422]),
        ("Editor", "hotlines", [200, 200, 403]),
        ("Service desk", "hotlines", [200, 200, 422]),
        ("Service desk", "people", [403, 403, 403]),
        ("Philatelist", "stamp-issues", [200, 200, 422]),
    ],
)
def test_rights_are_those_of_the_role_and_the_register(role: str, register: str, expected: list[int]) -> None:
    client, url = staff.sign_in(role=role), f"/admin/registers/{register}/"

    export = client.post(f"{url}export/", {"file_format": "csv"})
    found = [client.get(url).status_code, export.status_code, client.post(f"{url}import/").status_code]
    export.close()

    assert found == expected


def test_import_writes_what_was_shown_with_a_version_and_an_entry() -> None:
    row = news.person("Zhou", "Mei", name_zh="")
    client = staff.sign_in(role="Editor")
    page = upload(client, people_file({"slug": row.slug, "name_zh": "周梅"}, {"slug": "li-na", "family_name": "Li"}))
    shown = [(outcome.result, outcome.changes) for outcome in page.context["report"].outcomes]

    response = confirm(client, page)

    row.refresh_from_db()
    assert (response.status_code, row.name_zh, row.given_name) == (302, "周梅", "Mei")
    assert shown[0] == ("changed", [("Name in Chinese characters", "", "周梅")])
    made = Person.objects.get(slug="li-na")
    # Whoever comes from a file is hidden until somebody says from when.
    assert (made.name, made.publish_at) == ("Li", None)
    assert [each.kind for each in Revision.objects.of(row).order_by("number")] == ["found", "imported"]
    assert Entry.objects.get(action="import").detail == "1 new, 1 changed, 0 unchanged, 0 refused"
    assert not RegisterFile.objects.exists()


def test_report_writes_nothing() -> None:
    row = news.person("Zhou", "Mei")

    upload(staff.sign_in(), people_file({"slug": row.slug, "family_name": "Li"}, {"slug": "new", "family_name": "New"}))

    assert list(Person.objects.values_list("name")) == [("Zhou Mei",)]
    assert not Revision.objects.exists()


def test_confirmation_is_refused_if_somebody_changed_the_row_meanwhile() -> None:
    row = news.person("Zhou", "Mei")
    client = staff.sign_in()
    page = upload(client, people_file({"slug": row.slug, "family_name": "Li"}))
    Person.objects.filter(pk=row.pk).update(family_name="Chen")

    response = confirm(client, page)

    row.refresh_from_db()
    assert (response.status_code, row.family_name) == (409, "Chen")
    assert response.context["report"].outcomes[0].changes[0].old == "Chen"
    assert not Entry.objects.filter(action="import").exists()


def test_file_of_somebody_else_cannot_be_confirmed() -> None:
    page = upload(staff.sign_in(), people_file({"slug": "li-na", "family_name": "Li"}))

    confirm(staff.sign_in(), page)

    assert not Person.objects.exists()


def test_new_issue_is_a_draft_and_a_live_one_gets_unpublished_changes() -> None:
    live = services.stamp_issue("Bridges", title_zh="")
    rows = [{"slug": live.slug, "title": "Bridges of stone"}, {"slug": "rivers", "title": "Rivers"}]
    content = json.dumps({"register": "stamp-issues", "version": 1, "rows": rows}).encode()
    client, url = staff.sign_in(role="Philatelist"), "/admin/registers/stamp-issues/"

    confirm(client, upload(client, content, url=url), url=url)

    live.refresh_from_db()
    assert (live.title, open_edition(live).content["fields"]["title"]) == ("Bridges", "Bridges of stone")
    assert StampIssue.objects.get(slug="rivers").state == State.DRAFT


def test_refusal_names_the_row_the_column_and_what_the_form_says() -> None:
    rows = [{"slug": "a", "founded_on": "2001-13", "name": "A"}, {"slug": "b", "name": "B", "parent": "nobody"}]
    content = json.dumps({"register": "organizations", "version": 1, "rows": rows}).encode()

    report = upload(staff.sign_in(), content, url="/admin/registers/organizations/").context["report"]

    first, second = (str(outcome.refusals[0]) for outcome in report.outcomes)
    assert first.startswith("Item 1: Founded on: “2001-13-01”")
    assert second == "Item 2: Part of: There is no “nobody”."
    assert not Organization.objects.exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("slug,family_name\nli,李\n".encode("gb18030"), "GB18030"),
        (b"slug,family_name\nli,Li,x\n", "row 2 has more cells than the header"),
        (b"slug,surname\nli,Li\n", "unknown columns: surname"),
        (b"family_name\nLi\n", "none of the key columns"),
        (b"", "empty"),
        (b'{"register": "sources", "version": 1, "rows": []}', "of the register “sources”"),
        (b"PK\x03\x04 broken", "cannot be read"),
    ],
)
def test_unreadable_file_is_refused_with_the_reason(content: bytes, message: str) -> None:
    page = upload(staff.sign_in(), content, name="people.csv")

    assert page.status_code == 422
    assert message in page.text


def test_key_that_is_there_twice_is_refused() -> None:
    report = upload(staff.sign_in(), b"slug,family_name\nli,Li\nli,Lee\n", name="people.csv").context["report"]

    assert [outcome.result for outcome in report.outcomes] == ["refused", "refused"]


def test_child_rows_that_are_not_in_the_file_stay() -> None:
    row = news.person("Zhou", "Mei")
    row.names.create(name="Chow Mei")
    client = staff.sign_in()

    page = upload(client, people_file({"slug": row.slug, "names": [{"name": "Zhou M."}]}))
    confirm(client, page)

    assert page.context["report"].outcomes[0].kept == 1
    assert sorted(row.names.values_list("name", flat=True)) == ["Chow Mei", "Zhou M."]


def test_export_takes_as_many_queries_for_many_rows(django_assert_num_queries: Any) -> None:
    def count(rows: int) -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        for _number in range(rows):
            news.appointment()
        with CaptureQueriesContext(connection) as queries:
            exported("appointments")
        return len(queries)

    assert count(1) == count(20)


def test_texts_are_cleaned_like_those_of_forms() -> None:
    client = staff.sign_in()
    biography = "<p onclick=alert(1)>Born <script>alert(1)</script>here</p>"

    confirm(client, upload(client, people_file({"slug": "li", "family_name": "Li", "biography": biography})))

    assert "alert" not in Person.objects.get().biography


def test_one_file_ends_an_appointment_and_begins_the_next() -> None:
    position = news.position("Chair")
    first = news.appointment(position=position, from_on=dt.date(2019, 1, 1))
    person = news.person("Next")
    place = f"{position.organization.slug}/Chair"
    rows = [
        {"key": str(uuid.uuid4()), "person": person.slug, "position": place, "from_on": "2021-05"},
        {"key": str(first.key), "until_on": "2021-04"},
    ]
    content = json.dumps({"register": "appointments", "version": 1, "rows": rows}).encode()
    client, url = staff.sign_in(), "/admin/registers/appointments/"

    page = upload(client, content, url=url)
    confirm(client, page, url=url)

    first.refresh_from_db()
    assert [outcome.result for outcome in page.context["report"].outcomes] == ["new", "changed"]
    assert (first.until_on, first.until_precision) == (dt.date(2021, 4, 1), "month")
    assert position.appointments.get(person=person).from_precision == "month"


def test_file_with_more_changes_than_a_request_can_write_is_imported_in_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MAX_REQUEST_WRITES", 2)
    client = staff.sign_in(role="Editor")
    rows = [{"slug": f"person-{number}", "family_name": f"Person {number}"} for number in range(3)]

    page = upload(client, people_file(*rows))

    found = LongImport.objects.get()
    assert (page.status_code, page.url) == (302, f"{PEOPLE}imports/{found.pk}/")
    assert (Person.objects.count(), RegisterFile.objects.count()) == (0, 0)
    assert len(upload(client, people_file(*rows[:2])).context["report"].of(Result.NEW)) == 2


def test_file_with_more_rows_than_a_request_can_compare_is_imported_in_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MAX_REQUEST_ROWS", 2)
    row = news.person("Zhou", slug="zhou")
    values = {"slug": row.slug, "names": [{"name": "Chow"}]}

    assert upload(staff.sign_in(role="Editor"), people_file(values)).status_code == 200
    values["names"].append({"name": "Chou"})
    assert upload(staff.sign_in(role="Editor"), people_file(values)).status_code == 302


def test_rows_that_stay_as_they_are_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MAX_REQUEST_WRITES", 1)
    people = [news.person(f"Zhou {number}") for number in range(3)]
    rows = [{"slug": person.slug, "family_name": person.family_name} for person in people]

    report = upload(staff.sign_in(role="Editor"), people_file(*rows)).context["report"]

    assert len(report.of(Result.UNCHANGED)) == 3
