"""Days to come in the files of registers: planned, and nowhere to be seen before somebody has chosen a time."""

import datetime as dt
import json
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news.models import Appointment, Handover, Organization, PlannedChange, PositionLabel
from postportal.interchange.importing import dry_run
from postportal.interchange.reading import read_file
from postportal.interchange.registers import register_named
from postportal.interchange.rights import write_rule
from postportal.publishing.models import Revision
from postportal.publishing.versions import snapshots as versions
from postportal.publishing.workflow.due import publish_due
from tests.factories import news, staff
from tests.postportal.interchange.round_trips import exported, imported, tried
from tests.postportal.interchange.test_hostile_files import file_of, refusals, results

pytestmark = pytest.mark.django_db
MARCH = dt.date(2027, 3, 1)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(dt.datetime(2026, 11, 28, 4, tzinfo=dt.UTC), tick=False):
        yield


def said(report: Any) -> list[tuple[str, str]]:
    return [(change.label, change.new) for outcome in report.outcomes for change in outcome.changes]


def test_last_day_ahead_becomes_a_handover_and_the_rest_is_written(client: Client) -> None:
    row = news.appointment(person=news.person("Zhou", "Mei"), from_on=dt.date(2020, 1, 1))
    content = file_of("appointments", {"key": str(row.key), "until_on": "2027-03-01", "label": "Head"})

    report = imported("appointments", content)

    assert said(report) == [
        ("Title override", "Head"),
        ("Planned, hidden until you choose a time", "Zhou Mei leaves on 1 March 2027"),
    ]
    stored = Appointment.objects.get()
    assert (stored.until_on, stored.label) == (None, "Head")
    planned = Handover.objects.get()
    assert (planned.leaving, planned.last_day, planned.publish_at) == (row, MARCH, None)
    assert Revision.objects.of(planned).get().kind == Revision.Kind.IMPORTED
    assert "2027" not in client.get(row.person.get_absolute_url()).text
    assert results(tried("appointments", content)) == ["unchanged"]


def test_last_day_of_an_appointment_that_is_hidden_is_written() -> None:
    row = news.appointment(from_on=dt.date(2020, 1, 1), publish_at=None)

    imported("appointments", file_of("appointments", {"key": str(row.key), "until_on": "2027-03-01"}))

    assert Appointment.objects.get().until_on == MARCH
    assert not Handover.objects.exists()


def test_dissolution_name_and_parent_ahead_become_planned_changes(client: Client) -> None:
    parent, row = news.organization("Ministry"), news.organization("Old Mail")
    other = news.organization("Closing Mail", slug="closing")
    organization = {
        "slug": row.slug,
        "names": [{"name": "Highland Mail", "name_zh": "高地邮政", "from_on": "2027-03-01"}],
        "former_parents": [{"parent": parent.slug, "from_on": "2027-04-01"}],
    }
    content = file_of("organizations", organization, {"slug": other.slug, "dissolved_on": "2027-03-01"})

    report = imported("organizations", content)

    assert [text for _label, text in said(report)] == [
        "From 1 March 2027: Highland Mail",
        "From 1 April 2027: part of Ministry",
        "To be dissolved on 1 March 2027",
    ]
    found = PlannedChange.objects.order_by("takes_effect_on", "pk").values_list(
        "new_name", "new_parent", "is_dissolution"
    )
    assert list(found) == [("Highland Mail", None, False), ("", None, True), ("", parent.pk, False)]
    assert not row.names.exists()
    assert not Organization.objects.exclude(dissolved_on=None).exists()
    assert "Highland" not in client.get(row.get_absolute_url()).text
    assert results(tried("organizations", content)) == ["unchanged"] * 2


def test_name_of_a_person_ahead_is_planned_in_parts() -> None:
    row = news.person("Graham", "Mary", name_order="given")
    name = {"name": "Mary Smith", "from_on": "2027-03-01"}

    imported("people", file_of("people", {"slug": row.slug, "names": [name]}))

    planned = PlannedChange.objects.get()
    assert (planned.new_name, planned.new_given_name, planned.publish_at) == ("Smith", "", None)
    assert str(planned) == "Mary Graham: From 1 March 2027: Mary Smith"


def test_title_ahead_is_planned() -> None:
    position = news.position("Chair")
    row = {"key": str(position.key), "former_labels": [{"name": "President", "from_on": "2027-03-01"}]}

    imported("positions", file_of("positions", row))

    assert PlannedChange.objects.get().new_name == "President"
    assert not PositionLabel.objects.exists()


@pytest.mark.parametrize(
    ("end", "day", "words"),
    [
        ("2027-02-28", dt.date(2027, 3, 1), "From 1 March 2027: Highland Mail"),
        ("2027-02", dt.date(2027, 2, 1), "From February 2027: Highland Mail"),
        ("2027", dt.date(2027, 1, 1), "From 2027: Highland Mail"),
    ],
)
def test_name_that_ends_ahead_is_followed_by_that_of_the_columns(end: str, day: dt.date, words: str) -> None:
    row = news.organization("Old Mail")
    former = {"kind": "former", "name": "Old Mail", "until_on": end}
    content = file_of("organizations", {"slug": row.slug, "name": "Highland Mail", "names": [former]})

    report = imported("organizations", content)

    assert [text for _label, text in said(report)] == [words]
    assert PlannedChange.objects.get().takes_effect_on == day
    assert (Organization.objects.get().name, row.names.count()) == ("Old Mail", 0)
    assert results(tried("organizations", content)) == ["unchanged"]


def test_end_and_beginning_of_names_are_one_plan() -> None:
    position, person = news.position("Chair"), news.person("Graham", "Mary", name_order="given")
    title = [{"name": "Chair", "until_on": "2027-02"}, {"name": "President", "from_on": "2027-02"}]
    name = [{"kind": "former", "name": "Mary Graham", "until_on": "2027-02-28"}]

    imported("positions", file_of("positions", {"key": str(position.key), "former_labels": title}))
    imported("people", file_of("people", {"slug": person.slug, "family_name": "Smith", "names": name}))

    assert [row.sentence for row in PlannedChange.objects.order_by("pk")] == [
        "From February 2027: President",
        "From 1 March 2027: Mary Smith",
    ]


def test_parent_that_ends_ahead_is_followed_by_that_of_the_columns() -> None:
    old, new = news.organization("Old Ministry"), news.organization("Ministry")
    row = news.organization("Mail", parent=old)
    former = {"parent": old.slug, "until_on": "2027-12-31"}
    content = file_of("organizations", {"slug": row.slug, "parent": new.slug, "former_parents": [former]})

    imported("organizations", content)

    planned = PlannedChange.objects.get()
    assert (planned.new_parent, planned.takes_effect_on) == (new, dt.date(2028, 1, 1))
    assert (Organization.objects.get(pk=row.pk).parent, results(tried("organizations", content))) == (
        old,
        ["unchanged"],
    )


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"names": [{"kind": "former", "name": "Mail", "until_on": "2027-02"}]}, "“Mail” ends ahead (February 2027)"),
        (
            {"name": "Post", "name_zh": "", "names": [{"kind": "former", "name": "Mail", "until_on": "2027"}]},
            "“Mail” ends ahead (2027)",
        ),
        ({"parent": "", "former_parents": [{"parent": "office", "until_on": "2027"}]}, "“Office” ends ahead (2027)"),
        ({"names": [{"kind": "abbrev", "name": "M", "until_on": "2027-02-28"}]}, "This day is in the future."),
        ({"names": [{"name": "X", "from_on": "2027", "until_on": "2028"}]}, "This day is in the future."),
    ],
)
def test_what_no_plan_can_say_is_refused(values: dict[str, Any], words: str) -> None:
    office = news.organization("Office", slug="office")
    row = news.organization("Mail", name_zh="邮政", parent=office)

    report = tried("organizations", file_of("organizations", {"slug": row.slug, **values}))

    assert results(report) == ["refused"]
    assert words in refusals(report)[0]
    assert not PlannedChange.objects.exists()


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    day=st.dates(dt.date(2027, 1, 1), dt.date(2030, 12, 31)),
    length=st.sampled_from([4, 7, 10]),
    is_dissolved=st.booleans(),
    new_parent=st.sampled_from(["", "ministry"]),
)
def test_file_is_what_an_export_says_once_its_plans_are_made(
    day: dt.date, length: int, is_dissolved: bool, new_parent: str
) -> None:
    end = day.isoformat()[:length]
    with versions.dry_run():
        for name in ("Office", "Ministry", "Mail"):
            news.organization(name, slug=name.lower(), parent=Organization.objects.filter(slug="office").first())
        values: dict[str, Any] = {"slug": "mail", "dissolved_on": end}
        if not is_dissolved:
            values = {"slug": "mail", "name": "Post", "names": [{"kind": "former", "name": "Mail", "until_on": end}]}
            former = [{"parent": "office", "until_on": end}] if new_parent else []
            values |= {"parent": new_parent or "office", "former_parents": former}
        content = file_of("organizations", values)

        imported("organizations", content)
        again = results(tried("organizations", content))
        for planned in PlannedChange.objects.all():
            planned.publish_at = news.LONG_AGO
            planned.save()
        publish_due(dt.datetime(2032, 1, 1, tzinfo=dt.UTC))

        exported_row = next(row for row in json.loads(exported("organizations"))["rows"] if row["slug"] == "mail")
        assert again == ["unchanged"]
        assert exported_row.get("dissolved_on") == values.get("dissolved_on")
        assert [row["until_on"] for row in exported_row["names"]] == [end] * (not is_dissolved)
        with time_machine.travel(dt.datetime(2032, 1, 1, tzinfo=dt.UTC), tick=False):
            assert results(tried("organizations", content)) == ["unchanged"]


def test_another_day_changes_the_plan() -> None:
    row = news.organization("Old Mail")

    for day in ("2027-03-01", "2027-05"):
        imported("organizations", file_of("organizations", {"slug": row.slug, "dissolved_on": day}))

    assert PlannedChange.objects.get().sentence == "To be dissolved in May 2027"


def test_whoever_may_not_plan_is_refused() -> None:
    row, user = news.appointment(from_on=dt.date(2020, 1, 1)), staff.account()
    codenames = ["view_appointment", "change_appointment"]
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    register = register_named("appointments")
    content = file_of("appointments", {"key": str(row.key), "until_on": "2027-03-01"})
    records = read_file(register, content, name="file.json")

    report = dry_run(register, records, by=user, may_write=write_rule(user, register))

    assert results(report) == ["refused"]
    assert "handovers" in refusals(report)[0]
