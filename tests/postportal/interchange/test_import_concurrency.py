"""Two people who import at the same time: nobody undoes what they have not seen."""

from typing import Any

import pytest

from news.models import Person
from postportal.interchange import slicing
from postportal.interchange.importing import StaleReportError, apply, dry_run
from postportal.interchange.long_imports import confirm, go_on, progress_of, start
from postportal.interchange.models import LongImport
from postportal.interchange.reading import read_file
from postportal.interchange.registers import register_named
from postportal.publishing.models import Revision
from tests.factories import news, staff
from tests.postportal.interchange.round_trips import anybody
from tests.postportal.interchange.test_hostile_files import file_of
from tests.postportal.publishing.conftest import at_once, read_in_thread  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)


def importing(*rows: dict[str, Any], by: Any) -> Any:
    """Return the confirmation of an import, whose report somebody has seen."""
    register = register_named("people")
    content = file_of("people", *rows)
    records = read_file(register, content, name="people.json")
    digest = dry_run(register, records, by=by, may_write=anybody).digest

    def run() -> str:
        again = read_file(register, content, name="people.json")
        try:
            apply(register, again, by=by, may_write=anybody, digest=digest)
        except StaleReportError:
            return "stale"
        return "imported"

    return run


def test_one_of_two_imports_of_a_row_is_refused(at_once: Any) -> None:  # noqa: F811
    row, by = news.person("Zhou", "Mei", name_zh="", slug="zhou"), staff.account(is_superuser=True)
    first = importing({"slug": row.slug, "name_zh": "周梅"}, by=by)
    second = importing({"slug": row.slug, "given_name": "Meimei"}, by=by)

    assert sorted(at_once(first, second)) == ["imported", "stale"]

    found = read_in_thread(lambda: Person.objects.values_list("given_name", "name_zh").get())
    assert found in [("Mei", "周梅"), ("Meimei", "")]


def test_one_of_two_imports_of_a_new_row_is_refused(at_once: Any) -> None:  # noqa: F811
    by = staff.account(is_superuser=True)
    both = [importing({"slug": "zhou", "family_name": name}, by=by) for name in ("Zhou", "Chow")]

    assert sorted(at_once(*both)) == ["imported", "stale"]

    assert read_in_thread(lambda: (Person.objects.count(), Revision.objects.count())) == (1, 1)


def checked(*rows: dict[str, Any], by: Any) -> LongImport:
    """Return a long import whose rows have all been checked."""
    register = register_named("people")
    records = read_file(register, file_of("people", *rows), name="people.json")
    found = start(register, records, name="people.json", by=by)
    while LongImport.objects.unfinished().exists():
        go_on(found.pk)
    return found


def test_two_who_go_on_with_a_long_import_take_different_steps(at_once: Any, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setattr(slicing, "SLICE", 1)
    by = staff.account(is_superuser=True)
    found = checked(*({"slug": slug, "family_name": slug} for slug in ("chen", "li", "zhou")), by=by)
    confirm(found.pk, by=by)

    at_once(lambda: go_on(found.pk), lambda: go_on(found.pk))

    assert read_in_thread(lambda: (Person.objects.count(), Revision.objects.count())) == (2, 2)
    assert read_in_thread(lambda: progress_of(LongImport.objects.get())) == (2, 3)


def test_one_of_two_long_imports_of_a_register_is_confirmed(at_once: Any) -> None:  # noqa: F811
    users = [staff.account(is_superuser=True) for _number in range(2)]
    pairs = [(checked({"slug": "zhou", "family_name": "Zhou"}, by=by), by) for by in users]

    began = at_once(*(lambda found=found, by=by: confirm(found.pk, by=by) for found, by in pairs))

    assert sorted(began) == [False, True]
