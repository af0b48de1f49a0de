"""Items that can be added to a release."""

import pytest
from django.utils import timezone

from postportal.publishing.workflow import candidates as module
from postportal.publishing.workflow.candidates import candidate_value, candidates, row_from_value
from tests.factories import editorial, news, pages, staff
from tests.factories.releases import release

pytestmark = pytest.mark.django_db


def names(role: str) -> dict[str, list[str]]:
    found = candidates(staff.account(role), timezone.now())
    return {kind: [name for _value, name in rows] for kind, rows in found}


def test_drafts_and_rows_that_are_not_public_are_offered() -> None:
    writer = staff.account("Editor")
    editorial.draft_article("Draft", by=writer)
    editorial.correction(news.article("Live"), by=writer, title="Better")
    news.article("Untouched")
    pages.notice("Hidden", publish_at=None)
    pages.notice("Public")

    assert names("Editor") == {"Articles": ["Live", "Draft"], "Service notices": ["Hidden"]}


def test_scheduled_items_and_items_of_a_release_are_not_offered() -> None:
    writer = staff.account("Author")
    editorial.scheduled_article("Scheduled", by=writer, scheduled_by=staff.account("Editor"))
    release("Launch", editorial.draft_article("Taken", by=writer), pages.notice(publish_at=None))

    assert names("Editor") == {}


def test_role_that_cannot_change_a_model_is_not_offered_its_rows() -> None:
    editorial.draft_article("Draft", by=staff.account("Editor"))

    assert names("Viewer") == {}


def test_only_the_newest_rows_are_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_RELEASE_CANDIDATES", 2)
    for name in ("First", "Second", "Third"):
        pages.notice(name, publish_at=None)

    assert names("Editor") == {"Service notices": ["Third", "Second"]}


def test_value_names_its_row() -> None:
    article = news.article()

    assert row_from_value(candidate_value(article)) == article


@pytest.mark.parametrize(
    "value", ["", ":", "news.article", "news.article:", "news.article:x", "news.article:٣", "auth.user:1", "x:1"]
)
def test_invalid_value_names_no_row(value: str) -> None:
    news.article()

    assert row_from_value(value) is None


def test_very_long_number_names_no_row() -> None:
    assert row_from_value("news.article:" + "9" * 40) is None
