"""Imports in steps: what was shown is written, row by row, and nothing else."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.utils import translation

from news.models import Appointment, Organization, Person
from postportal.audit.models import Entry
from postportal.interchange import long_imports, slicing
from postportal.interchange.long_imports import confirm, counts_of, go_on, outcomes_of, progress_of, start, stop
from postportal.interchange.models import LongImport
from postportal.interchange.reading import read_file
from postportal.interchange.registers import register_named
from postportal.publishing.models import Revision
from tests.factories import news, staff
from tests.postportal.interchange.round_trips import exported, tried
from tests.postportal.interchange.test_hostile_files import file_of, results

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slicing, "SLICE", 2)
    monkeypatch.setattr(long_imports, "PAUSE", 0)


def started(name: str, *rows: dict[str, Any], by: Any = None) -> LongImport:
    register = register_named(name)
    records = read_file(register, file_of(name, *rows), name="file.json")
    return start(register, records, name="file.json", by=by or staff.account(is_superuser=True))


def checked(name: str, *rows: dict[str, Any], by: Any = None) -> LongImport:
    return finished(started(name, *rows, by=by))


def finished(found: LongImport) -> LongImport:
    """Take all steps that are possible now."""
    while LongImport.objects.unfinished().filter(pk=found.pk).exists():
        go_on(found.pk)
    found.refresh_from_db()
    return found


def written(found: LongImport) -> LongImport:
    assert confirm(found.pk, by=found.uploaded_by)
    return finished(found)


def numbers(found: LongImport) -> list[int]:
    """Return how many rows are new, changed, unchanged and refused."""
    return list(counts_of(found).values())


def refusals(found: LongImport) -> dict[str, str]:
    outcomes = outcomes_of(found, limit=100)
    return {each.key: each.refusals[0].message for each in outcomes if each.refusals}


def people(count: int) -> list[dict[str, Any]]:
    return [{"slug": f"person-{number}", "family_name": f"Person {number}"} for number in range(count)]


def test_check_writes_nothing_and_says_how_far_it_is() -> None:
    found = started("people", *people(3))
    progress = [progress_of(found)]
    for _step in range(2):
        go_on(found.pk)
        progress.append(progress_of(found))

    found.refresh_from_db()
    assert (progress, found.phase) == ([(0, 3), (2, 3), (3, 3)], "checked")
    assert numbers(found) == [3, 0, 0, 0]
    assert (Person.objects.count(), Revision.objects.count()) == (0, 0)


def test_confirmed_import_writes_as_a_short_one_does() -> None:
    row = news.person("Zhou", "Mei", slug="zhou", name_zh="")
    rows = [*people(2), {"slug": "zhou", "name_zh": "周梅"}, {"slug": "bad"}, {"slug": "zhou-2", "family_name": "Zhou"}]
    news.person("Zhou", slug="zhou-2")
    shown = [(each.key, each.changes) for each in tried("people", file_of("people", *rows)).shown]
    found = checked("people", *rows)
    report = [(each.key, each.changes) for each in outcomes_of(found, limit=100)]

    written(found)

    row.refresh_from_db()
    assert report == shown
    assert (found.phase, numbers(found), row.name_zh) == ("finished", [2, 1, 1, 1], "周梅")
    assert [each.kind for each in Revision.objects.of(row).order_by("number")] == ["found", "imported"]
    entry = Entry.objects.get(action="import")
    assert (entry.detail, entry.actor_id) == ("2 new, 1 changed, 1 unchanged, 1 refused", found.uploaded_by_id)
    assert results(tried("people", file_of("people", *rows))) == ["unchanged"] * 3 + ["refused", "unchanged"]


def test_rows_that_refer_to_new_rows_of_other_steps_are_written() -> None:
    rows = [{"slug": f"o-{number}", "name": f"O{number}", "parent": f"o-{number + 1}"} for number in range(6)]
    rows[-1]["parent"] = ""

    found = checked("organizations", *rows)
    assert numbers(found) == [6, 0, 0, 0]
    written(found)

    assert numbers(found) == [6, 0, 0, 0]
    assert Organization.objects.get(slug="o-0").parent.parent == Organization.objects.get(slug="o-2")


def test_rows_that_refer_to_a_refused_row_of_another_step_are_refused() -> None:
    rows = [{"slug": f"o-{number}", "name": f"O{number}", "parent": f"o-{number + 1}"} for number in range(4)]
    rows.append({"slug": "o-4", "name": "", "parent": ""})

    found = checked("organizations", *rows, {"slug": "free", "name": "Free"})

    assert numbers(found) == [1, 0, 0, 5]
    assert refusals(found)["o-1"] == "There is no “o-2”."
    written(found)
    assert [row.slug for row in Organization.objects.all()] == ["free"]


def test_row_that_somebody_changed_since_the_check_is_left_out() -> None:
    rows = [news.person(f"Old {number}", slug=f"person-{number}") for number in range(3)]
    found = checked("people", *people(5))
    Person.objects.filter(pk=rows[0].pk).update(family_name="Chen")
    rows[1].delete()
    news.person("Somebody else", slug="person-4")

    written(found)

    assert numbers(found) == [1, 1, 0, 3]
    assert set(refusals(found)) == {"person-0", "person-1", "person-4"}
    assert refusals(found)["person-0"].startswith("Left out: since the check, somebody has changed this item")
    names = dict(Person.objects.values_list("slug", "family_name"))
    assert names == {
        "person-0": "Chen",
        "person-2": "Person 2",
        "person-3": "Person 3",
        "person-4": "Somebody else",
    }


def test_part_of_an_organization_that_is_left_out_is_left_out() -> None:
    old = news.organization("Old", slug="old")
    rows = [{"slug": "a", "name": "A", "parent": "old"}, {"slug": "x", "name": "X"}]
    found = checked("organizations", *rows, {"slug": "b", "name": "B", "parent": "a"})
    old.delete()

    written(found)

    assert (numbers(found), set(refusals(found))) == ([1, 0, 0, 2], {"a", "b"})
    assert [row.slug for row in Organization.objects.all()] == ["x"]


def test_one_appointment_ends_and_the_next_begins_in_one_step() -> None:
    first = news.appointment()
    place = f"{first.position.organization.slug}/{first.position.label}"
    key = "0b5e8f7e-95a3-4d0c-8a3f-0d8d5f0a7c11"
    new = {"key": key, "person": news.person("Next").slug, "position": place, "from_on": "2021-05"}

    found = written(checked("appointments", new, *_others(3), {"key": str(first.key), "until_on": "2021-04"}))

    assert numbers(found) == [1, 4, 0, 0]
    assert Appointment.objects.filter(key=key).exists()


def _others(count: int) -> list[dict[str, Any]]:
    return [{"key": str(news.appointment().key), "until_on": "2020"} for _number in range(count)]


def test_export_in_steps_changes_nothing() -> None:
    news.organization("Part", parent=news.organization("Whole"))
    news.organization("Third")
    before = exported("organizations")
    register = register_named("organizations")
    records = read_file(register, before, name="file.json")

    found = finished(start(register, records, name="file.json", by=staff.account(is_superuser=True)))

    assert numbers(found) == [0, 0, 3, 0]
    assert exported("organizations") == before


def test_only_one_import_of_a_register_is_written_at_a_time() -> None:
    first, second = checked("people", *people(3)), checked("people", *people(3))
    other = checked("organizations", {"slug": "a", "name": "A"})

    began = [confirm(each.pk, by=each.uploaded_by) for each in (first, second, other)]

    assert began == [True, False, True]
    finished(first)
    assert confirm(second.pk, by=second.uploaded_by)
    assert numbers(finished(second)) == [0, 0, 0, 3]


def test_file_of_somebody_else_cannot_be_confirmed() -> None:
    found = checked("people", *people(1))

    confirm(found.pk, by=staff.account(is_superuser=True))

    assert (finished(found).phase, Person.objects.count()) == ("checked", 0)


def test_stopped_import_keeps_what_was_written_and_is_logged() -> None:
    found, by = checked("people", *people(5)), staff.account(is_superuser=True)
    confirm(found.pk, by=found.uploaded_by)
    go_on(found.pk)

    stop(found.pk, by=by)
    go_on(found.pk)

    found.refresh_from_db()
    assert (found.phase, Person.objects.count()) == ("stopped", 2)
    entry = Entry.objects.get(action="import")
    assert (entry.actor_id, entry.detail) == (
        by.pk,
        "2 new, 0 changed, 0 unchanged, 0 refused, stopped after 2 of 5 rows",
    )


def test_import_stops_when_its_user_may_not_import_any_more() -> None:
    user = staff.account()
    codes = ["view_person", "add_person", "import_registerfile"]
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    found = checked("people", *people(3), by=user)
    confirm(found.pk, by=user)
    user.is_active = False
    user.save()

    assert (finished(found).phase, Person.objects.count()) == ("stopped", 0)


def test_background_goes_on_in_the_language_of_the_report() -> None:
    row = news.person("Zhou", slug="zhou")
    with translation.override("zh-hans"):
        found = started("people", *people(2), {"slug": "zhou", "family_name": "Li"})
    call_command("deliver_outbox")
    found.refresh_from_db()
    assert (found.phase, Person.objects.count()) == ("checked", 1)
    assert outcomes_of(found, limit=9)[-1].changes[0].label == "姓"

    confirm(found.pk, by=found.uploaded_by)
    call_command("deliver_outbox")

    row.refresh_from_db()
    assert (numbers(found), row.family_name) == ([2, 1, 0, 0], "Li")


def test_next_upload_forgets_the_last_one_unless_it_is_being_written() -> None:
    by = staff.account(is_superuser=True)
    first = checked("people", *people(1), by=by)
    second = checked("organizations", {"slug": "a", "name": "A"}, by=by)
    confirm(second.pk, by=by)

    third = started("people", *people(1), by=by)

    assert set(LongImport.objects.values_list("pk", flat=True)) == {second.pk, third.pk}
    assert not LongImport.objects.filter(pk=first.pk).exists()
