"""Days to come of rows that a file makes: the row is as it is today, and the rest is planned."""

import datetime as dt
import json
import uuid
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news.models import Appointment, Handover, Organization, Person, PlannedChange, Position
from postportal.interchange.importing import dry_run
from postportal.interchange.reading import read_file
from postportal.interchange.registers import register_named
from postportal.interchange.rights import write_rule
from postportal.publishing.models import Revision
from postportal.publishing.versions import snapshots as versions
from postportal.publishing.workflow.due import publish_due
from tests.factories import news, staff
from tests.news.interchange.test_days_to_come import said
from tests.postportal.interchange.round_trips import exported, imported, tried
from tests.postportal.interchange.test_hostile_files import file_of, refusals, results

pytestmark = pytest.mark.django_db
PUBLIC = {"publish_at": "2020-01-01T00:00:00+00:00"}
HIDDEN_PLAN = "Planned, hidden until you choose a time"


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(dt.datetime(2026, 11, 28, 4, tzinfo=dt.UTC), tick=False):
        yield


def planned(report: Any) -> list[str]:
    return [text for label, text in said(report) if label == HIDDEN_PLAN]


@pytest.mark.parametrize(
    ("end", "words"),
    [
        ("2027-03-01", "To be dissolved on 1 March 2027"),
        ("2027-03", "To be dissolved in March 2027"),
        ("2027", "To be dissolved in 2027"),
    ],
)
def test_new_organization_is_made_without_its_end(end: str, words: str, client: Client) -> None:
    content = file_of("organizations", {"slug": "mail", "name": "Mail", "dissolved_on": end, **PUBLIC})

    shown, report = tried("organizations", content), imported("organizations", content)

    row = Organization.objects.get()
    assert (results(report), planned(report)) == (["new"], [words])
    assert shown == report
    assert (row.dissolved_on, row.dissolved_precision) == (None, "day")
    change = PlannedChange.objects.get()
    assert (change.organization, change.publish_at) == (row, None)
    assert [Revision.objects.of(each).get().kind for each in (row, change)] == ["imported"] * 2
    page = client.get(row.get_absolute_url())
    assert (page.status_code, "2027" in page.text) == (200, False)
    assert results(tried("organizations", content)) == ["unchanged"]


@pytest.mark.parametrize(
    ("end", "words"),
    [
        ("2027-02-28", "From 1 March 2027: Highland Mail"),
        ("2027-02", "From February 2027: Highland Mail"),
        ("2027", "From 2027: Highland Mail"),
    ],
)
def test_new_organization_has_the_name_that_ends_ahead(end: str, words: str, client: Client) -> None:
    former = {"kind": "former", "name": "Old Mail", "name_zh": "旧邮政", "until_on": end}
    row = {"slug": "mail", "name": "Highland Mail", "name_zh": "高地邮政", "names": [former], **PUBLIC}
    content = file_of("organizations", row)

    report = imported("organizations", content)

    made = Organization.objects.get()
    assert (made.name, made.name_zh, made.names.count()) == ("Old Mail", "旧邮政", 0)
    assert (results(report), planned(report)) == (["new"], [words])
    assert "Highland" not in client.get(made.get_absolute_url()).text
    assert results(tried("organizations", content)) == ["unchanged"]


def test_names_and_titles_that_begin_ahead_are_planned() -> None:
    news.organization("Office", slug="office")
    names = [{"name": "Highland Mail", "from_on": "2027-03-01"}, {"name": "Past", "kind": "former", "until_on": "1999"}]
    titles = [{"name": "Chair", "until_on": "2027-02"}, {"name": "President", "from_on": "2027-02"}]
    position = {"key": str(uuid.uuid4()), "organization": "office", "label": "Chair", "former_labels": titles}

    imported("organizations", file_of("organizations", {"slug": "mail", "name": "Mail", "names": names}))
    imported("positions", file_of("positions", position))

    assert [row.sentence for row in PlannedChange.objects.order_by("pk")] == [
        "From 1 March 2027: Highland Mail",
        "From February 2027: President",
    ]
    assert [row.name for row in Organization.objects.get(slug="mail").names.all()] == ["Past"]
    assert [(row.label, row.former_labels.count()) for row in Position.objects.all()] == [("Chair", 0)]


def test_new_position_has_the_title_that_ends_ahead() -> None:
    news.organization("Office", slug="office")
    row = {"key": str(uuid.uuid4()), "organization": "office", "label": "President", "label_zh": "总裁"}
    content = file_of("positions", row | {"former_labels": [{"name": "Chair", "until_on": "2027-02-28"}]})

    imported("positions", content)

    assert [(each.label, each.label_zh) for each in Position.objects.all()] == [("Chair", "总裁")]
    assert PlannedChange.objects.get().sentence == "From 1 March 2027: President"
    assert results(tried("positions", content)) == ["unchanged"]


@pytest.mark.parametrize("order", ["given", "written"])
def test_new_person_has_the_name_that_ends_ahead(order: str) -> None:
    former = {"kind": "former", "name": "Mary Graham", "until_on": "2027-02-28"}
    row = {"slug": "mary", "family_name": "Smith", "given_name": "Mary", "name_order": order, "names": [former]}
    written = {"written_name": "Mary Smith"} if order == "written" else {}
    content = file_of("people", row | written)

    imported("people", content)

    assert [(each.name, each.family_name) for each in Person.objects.all()] == [("Mary Graham", "Graham")]
    assert PlannedChange.objects.get().sentence == "From 1 March 2027: Mary Smith"
    assert results(tried("people", content)) == ["unchanged"]


def test_new_organization_is_part_of_the_parent_that_ends_ahead() -> None:
    former = {"parent": "office", "until_on": "2027-12-31"}
    row = {"slug": "mail", "name": "Mail", "parent": "ministry", "former_parents": [former], "dissolved_on": "2030"}
    others = ({"slug": "office", "name": "Office"}, {"slug": "ministry", "name": "Ministry", "dissolved_on": "2035"})
    content = file_of("organizations", row, *others)

    report = imported("organizations", content)

    assert results(report) == ["new"] * 3
    assert planned(report) == [
        "From 1 January 2028: part of Ministry",
        "To be dissolved in 2030",
        "To be dissolved in 2035",
    ]
    assert Organization.objects.get(slug="mail").parent == Organization.objects.get(slug="office")
    assert results(tried("organizations", content)) == ["unchanged"] * 3


@pytest.mark.parametrize(
    ("register", "values", "words"),
    [
        (
            "organizations",
            {"name": "Mail", "names": [{"kind": "former", "name": "Mail", "until_on": "2027"}]},
            "“Mail” ends ahead (2027)",
        ),
        (
            "organizations",
            {
                "name": "C",
                "names": [
                    {"kind": "former", "name": "A", "until_on": "2027"},
                    {"kind": "former", "name": "B", "until_on": "2028"},
                ],
            },
            "This day is in the future.",
        ),
        (
            "organizations",
            {"name": "Mail", "founded_on": "2026", "names": [{"kind": "abbrev", "name": "M", "until_on": "2028"}]},
            "This day is in the future.",
        ),
        # Of names in parts, only the parts that give the printed name are known.
        (
            "people",
            {"family_name": "Smith", "names": [{"kind": "former", "name": "Mary Graham", "until_on": "2028"}]},
            "This day is in the future.",
        ),
    ],
)
def test_what_no_plan_can_say_is_refused(register: str, values: dict[str, Any], words: str) -> None:
    report = imported(register, file_of(register, {"slug": "new", **values}))

    assert results(report) == ["refused"]
    assert words in refusals(report)[0]
    assert [model.objects.count() for model in (Organization, Person, PlannedChange)] == [0, 0, 0]


def test_new_appointment_keeps_its_last_day_as_in_its_form() -> None:
    person, position = news.person("Zhou", "Mei"), news.position("Chair")
    place = f"{position.organization.slug}/Chair"
    row = {"key": str(uuid.uuid4()), "person": person.slug, "position": place, "until_on": "2027-03"}

    report = imported("appointments", file_of("appointments", row | {"from_on": "2020"}))

    assert (results(report), planned(report)) == (["new"], [])
    assert (Appointment.objects.get().until_on, Handover.objects.count()) == (dt.date(2027, 3, 1), 0)


def test_whoever_may_not_plan_makes_no_row_with_days_to_come() -> None:
    user, register = staff.account(), register_named("organizations")
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_organization", "add_organization"]))
    rows = [{"slug": "ending", "name": "Ending", "dissolved_on": "2027"}, {"slug": "mail", "name": "Mail"}]
    records = read_file(register, file_of("organizations", *rows), name="file.json")

    report = dry_run(register, records, by=user, may_write=write_rule(user, register))

    assert results(report) == ["refused", "new"]
    assert "planned changes" in refusals(report)[0]


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    day=st.dates(dt.date(2027, 1, 1), dt.date(2030, 12, 31)),
    length=st.sampled_from([4, 7, 10]),
    is_dissolved=st.booleans(),
    former_name=st.sampled_from(["Mail", "The  Mail", "邮政"]),
    has_parent=st.booleans(),
)
def test_file_is_what_an_export_says_once_the_plans_of_new_rows_are_made(
    day: dt.date, length: int, is_dissolved: bool, former_name: str, has_parent: bool
) -> None:
    end = day.isoformat()[:length]
    values: dict[str, Any] = {"slug": "mail", "name": "Post", "parent": "ministry"}
    if is_dissolved:
        values["dissolved_on"] = end
    else:
        values["names"] = [{"kind": "former", "name": former_name, "until_on": end}]
        values["former_parents"] = [{"parent": "office", "until_on": end}] if has_parent else []
    content = file_of("organizations", values, *({"slug": name, "name": name} for name in ("office", "ministry")))
    with versions.dry_run():
        refused = [str(each) for row in imported("organizations", content).outcomes for each in row.refusals]
        again = results(tried("organizations", content))
        for change in PlannedChange.objects.all():
            change.publish_at = news.LONG_AGO
            change.save()
        publish_due(dt.datetime(2032, 1, 1, tzinfo=dt.UTC))

        row = next(row for row in json.loads(exported("organizations"))["rows"] if row["slug"] == "mail")
        assert (refused, again) == ([], ["unchanged"] * 3)
        assert (row["name"], row["parent"], row["dissolved_on"]) == ("Post", "ministry", values.get("dissolved_on"))
        assert [each["until_on"] for each in row["names"]] == [end] * (not is_dissolved)
        assert [each["until_on"] for each in row["former_parents"]] == [end] * len(values.get("former_parents", []))
