"""Timeline of revisions and steps."""

from typing import Any

import pytest

from postportal.publishing.models import Revision
from postportal.publishing.versions import restoring
from postportal.publishing.workflow import steps
from postportal.publishing.workflow.timeline import load_entries, timeline_of
from tests.factories import editorial, news, staff

pytestmark = pytest.mark.django_db


def events(article: Any) -> list[Any]:
    entries: list[Any] = load_entries(article, list(timeline_of(article)))
    return [entry.step.action if entry.step else entry.revision.number for entry in entries]


def test_newest_event_is_first() -> None:
    writer, editor = staff.account("Editor"), staff.account("Editor")
    article = editorial.submitted_article("Night mail", by=writer)
    steps.perform("approve", article, by=editor)
    steps.perform("publish", article, by=editor)

    assert events(article) == ["publish", "approve", "submit", 1]


def test_restored_version_is_listed_once_and_reinstatement_as_a_step() -> None:
    publisher = staff.account("Publisher")
    article = editorial.correction(news.article("Old", standfirst="By rail."), by=publisher, title="New")
    restoring.restore(article, Revision.objects.of(article).get(number=1), by=publisher)
    steps.perform("withdraw", article, by=publisher, reason="Wrong.")
    steps.perform("reinstate", article, by=publisher)

    assert events(article) == ["reinstate", "withdraw", 3, 2, 1]


def test_events_of_other_items_are_left_out() -> None:
    editorial.forced_article("Other", by=staff.account("Publisher"))

    assert events(news.article()) == []


def test_deleted_account_is_named_as_logged() -> None:
    editor = staff.account("Editor", first_name="Li", last_name="Wen")
    article = editorial.submitted_article("Night mail", by=editor)
    [logged] = [entry for entry in load_entries(article, list(timeline_of(article))) if entry.step]
    editor.delete()

    [after] = [entry for entry in load_entries(article, list(timeline_of(article))) if entry.step]

    assert logged.step is not None
    assert (logged.actor_name, after.actor_name) == ("Li Wen", logged.step.actor_name)


def test_page_is_loaded_with_a_constant_number_of_queries(django_assert_num_queries: Any) -> None:
    writer = staff.account("Editor")
    article = editorial.draft_article("Night mail", by=writer)
    for _ in range(3):
        steps.perform("submit", article, by=writer)
        steps.perform("return", article, by=staff.account("Editor"), reason="Again.")
    page = list(timeline_of(article))

    with django_assert_num_queries(3):
        assert len(load_entries(article, page)) == 7
