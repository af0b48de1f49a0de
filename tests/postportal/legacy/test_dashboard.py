import datetime as dt

import pytest

from postportal.legacy.dashboard import IncompleteIssuesQueue
from services.models import StampIssue
from tests.factories import staff
from tests.postportal.legacy.captures import year_list_text
from tests.postportal.legacy.conftest import ImportText

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)


def test_incomplete_issues_are_listed_until_they_are_completed(import_text: ImportText) -> None:
    import_text(year_list_text("Lanterns of the no...2018-9", "Boats", "Nets2018-3"))
    queue, editor = IncompleteIssuesQueue(), staff.account("Editor")

    assert [(item.text, item.detail) for item in queue.items(editor, NOW)] == [
        ("2018-9 Lanterns of the no…", "The end of the title is missing."),
        ("Boats", "The serial number is missing."),
    ]
    issue = StampIssue.objects.get(number=9)
    issue.title = "Lanterns of the northern coast"
    issue.save()
    assert [item.text for item in queue.items(editor, NOW)] == ["Boats"]


def test_queue_is_only_for_those_who_see_stamp_issues(import_text: ImportText) -> None:
    import_text(year_list_text("Boats"))

    assert not IncompleteIssuesQueue().is_visible_to(staff.account())
    assert IncompleteIssuesQueue().querysets(staff.account(), NOW) == []
