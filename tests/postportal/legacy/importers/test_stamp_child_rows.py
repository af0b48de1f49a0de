import pytest

from news.imports.known_names import KnownNames
from postportal.legacy.importers.stamp_child_rows import add_child_rows, child_rows_of
from postportal.legacy.parsing.page import read_page
from tests.factories import services
from tests.postportal.legacy.captures import STAMP, stamp_text

pytestmark = pytest.mark.django_db


def test_role_with_a_credit_is_not_changed() -> None:
    issue = services.stamp_issue()
    services.credit(issue, name="He Lan", role="designer")

    add_child_rows(issue, read_page(stamp_text()), names=KnownNames.load())

    rows = issue.credits.order_by("role").values_list("role", "name")
    assert list(rows) == [("designer", "He Lan"), ("printer", "Harbour Stamp Works")]


def test_existing_stamps_are_not_changed() -> None:
    issue = services.stamp_issue()
    services.stamp(issue, position=1, name="Our own name")
    page = read_page(stamp_text(STAMP + "\n(3-1) Red lantern 1.20 yuan\n(3-2) Blue lantern 2.40 yuan\n"))

    add_child_rows(issue, page, names=KnownNames.load())

    assert list(issue.stamps.values_list("name", flat=True)) == ["Our own name"]


def test_second_import_adds_nothing() -> None:
    issue, page = services.stamp_issue(), read_page(stamp_text())
    add_child_rows(issue, page, names=KnownNames.load())
    rows = child_rows_of(issue)

    add_child_rows(issue, page, names=KnownNames.load())

    assert child_rows_of(issue) == rows
    assert [len(each) for each in rows] == [3, 0, 1]
