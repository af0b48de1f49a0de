"""What went out unread is approved afterwards, by somebody else."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from postportal.publishing.models import Edition
from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.workflow import steps
from tests.factories import editorial, news, staff
from tests.postportal.publishing.conftest import queue_entries
from tests.postportal.publishing.revision_pages import address

pytestmark = pytest.mark.django_db


def test_forced_publication_is_listed_until_somebody_else_has_approved_it(newsroom: dict[str, User]) -> None:
    article = editorial.forced_article("Quiet wires", by=newsroom["Pia"], writer=newsroom["Ed"])
    before = queue_entries("unreviewed", newsroom["Eve"])

    steps.perform("review", article, by=newsroom["Eve"])

    edition = Edition.objects.get()
    assert [entry.text for entry in before] == ["Quiet wires"]
    assert queue_entries("unreviewed", newsroom["Eve"]) == []
    assert (edition.approved_by, edition.stage) == (newsroom["Eve"], "published")


@pytest.mark.parametrize("name", ["Ed", "Pia"])
def test_whoever_wrote_it_or_forced_it_does_not_approve_it_afterwards(newsroom: dict[str, User], name: str) -> None:
    article = editorial.forced_article("Quiet wires", by=newsroom["Pia"], writer=newsroom["Ed"])

    with pytest.raises(ValidationError) as refusal:
        steps.perform("review", article, by=newsroom[name])

    assert refusal.value.messages == ["You wrote it or let it out, so somebody else has to approve it."]


def test_correction_that_waits_is_not_what_is_approved_afterwards(newsroom: dict[str, User]) -> None:
    article = editorial.forced_article("Quiet wires", by=newsroom["Pia"], writer=newsroom["Ed"])
    revisions.record_revision(article, {**snapshots.serialize(article), "tags": {"tags": ["Rail"]}}, by=newsroom["Ann"])

    steps.perform("review", article, by=newsroom["Eve"])

    first, second = Edition.objects.order_by("number")
    assert (first.approved_by, second.approved_by) == (newsroom["Eve"], None)


def test_form_says_that_it_was_forced_and_offers_the_step(newsroom: dict[str, User]) -> None:
    article = editorial.forced_article("Quiet wires", by=newsroom["Pia"], writer=newsroom["Ed"])
    shown = staff.sign_in(newsroom["Eve"]).get(address(article, "change")).content.decode()

    assert "Published without review by" in shown
    assert "Roads are closed." in shown
    assert address(article, "step", "review") in shown


def test_step_is_not_offered_where_nothing_was_forced() -> None:
    article = news.article()

    shown = staff.sign_in(role="Editor").get(address(article, "change")).content.decode()

    assert address(article, "step", "review") not in shown
