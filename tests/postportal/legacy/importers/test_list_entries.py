import pytest

from postportal.legacy.importers.list_entries import entry_key, find_by_title, issues_of_entry, lacking_of
from postportal.legacy.parsing.serials import Serial
from postportal.legacy.parsing.year_list import ListedIssue
from services.models import StampIssue
from tests.factories import services


def listed(title: str, serial: Serial | None = None, *, is_truncated: bool = False) -> ListedIssue:
    return ListedIssue(serial, title, is_truncated, "")


def test_key_is_the_serial_number_or_year_and_title() -> None:
    assert entry_key(listed("Boats", Serial(2018, 8)), year=2018) == "2018-8"
    assert entry_key(listed("The BOATS"), year=2018) == "2018 the boats"


def test_what_is_lacking_is_told() -> None:
    assert [
        lacking_of(listed("Boats", Serial(2018, 8))),
        lacking_of(listed("Boats")),
        lacking_of(listed("Boats", is_truncated=True)),
    ] == ["", "number", "title"]


@pytest.mark.django_db
def test_title_cut_off_on_either_side_is_found() -> None:
    whole = services.stamp_issue("Lanterns of the coast")
    half = services.stamp_issue("Boats of the…")
    issues = StampIssue.objects.all()

    assert find_by_title("Lanterns of", issues, is_cut=True) == [whole]
    assert find_by_title("Boats of the coast", issues, is_cut=False) == [half]
    assert find_by_title("Lanterns of", issues, is_cut=False) == []
    assert find_by_title("La", issues, is_cut=True) == []


@pytest.mark.django_db
def test_number_is_stronger_than_the_title() -> None:
    services.stamp_issue("Boats", year=2018, number=7)
    other = services.stamp_issue("Nets", year=2018, number=8)

    assert issues_of_entry(listed("Boats", Serial(2018, 8)), year=2018) == [other]
    assert issues_of_entry(listed("Boats", Serial(2018, 9)), year=2018) == []
