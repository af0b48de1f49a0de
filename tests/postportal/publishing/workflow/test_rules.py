"""Rules of the workflow: approval after publication."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from postportal.publishing.models import Edition
from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.workflow import steps
from tests.factories import editorial, news, staff
from tests.postportal.publishing.conftest import queue_entries
from tests.postportal.publishing.revision_pages import admin_url

pytestmark = pytest.mark.django_db


def test_publication_without_review_is_listed_until_it_is_approved(newsroom: dict[str, User]) -> None:
    article = editorial.forced_article("Quiet wires", by=newsroom["Pia"], writer=newsroom["Ed"])
    before = queue_entries("unreviewed", newsroom["Eve"])

    steps.perform("review", article, by=newsroom["Eve"])

    edition = Edition.objects.get()
    assert [entry.text for entry in before] == ["Quiet wires"]
    assert queue_entries("unreviewed", newsroom["Eve"]) == []
    assert (edition.approved_by, edition.stage) == (newsroom["Eve"], "published")


@pytest.mark.parametrize("name", ["Ed", "Pia"])
def test_writer_and_publisher_cannot_approve_after_publication(newsroom: dict[str, User], name: str) -> None:
    article = editorial.forced_article("Quiet wires", by=newsroom["Pia"], writer=newsroom["Ed"])

    with pytest.raises(ValidationError) as refusal:
        steps.perform("review", article, by=newsroom[name])

    assert refusal.value.messages == ["You wrote or published this text, so someone else must approve it."]


def test_unpublished_changes_are_not_approved_with_the_publication(newsroom: dict[str, User]) -> None:
    article = editorial.forced_article("Quiet wires", by=newsroom["Pia"], writer=newsroom["Ed"])
    revisions.record_revision(article, {**snapshots.serialize(article), "tags": {"tags": ["Rail"]}}, by=newsroom["Ann"])

    steps.perform("review", article, by=newsroom["Eve"])

    first, second = Edition.objects.order_by("number")
    assert (first.approved_by, second.approved_by) == (newsroom["Eve"], None)


def test_form_shows_that_it_was_not_reviewed_and_offers_the_step(newsroom: dict[str, User]) -> None:
    article = editorial.forced_article("Quiet wires", by=newsroom["Pia"], writer=newsroom["Ed"])
    shown = staff.sign_in(newsroom["Eve"]).get(admin_url(article, "change")).content.decode()

    assert "Published without review by" in shown
    assert "Roads are closed." in shown
    assert admin_url(article, "step", "review") in shown


def test_step_is_not_offered_if_everything_was_reviewed() -> None:
    article = news.article()

    shown = staff.sign_in(role="Editor").get(admin_url(article, "change")).content.decode()

    assert admin_url(article, "step", "review") not in shown
