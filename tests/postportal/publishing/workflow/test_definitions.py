"""Definitions of the workflow steps."""

import pytest

from postportal.audit.actions import Action
from postportal.audit.models import Entry
from postportal.publishing.models import Comment, Revision
from postportal.publishing.versions import restoring
from postportal.publishing.workflow import steps
from postportal.publishing.workflow.definitions import _ALL, STEPS, Step
from postportal.publishing.workflow.stages import DRAFT, LIVE, REVIEW, SCHEDULED, UNPUBLISHED, WITHDRAWN
from tests.factories import editorial, news, staff

STAGES = {DRAFT, REVIEW, SCHEDULED, LIVE, WITHDRAWN, UNPUBLISHED}
every_step = pytest.mark.parametrize("step", _ALL, ids=[step.name for step in _ALL])


def test_names_and_log_actions_are_unique() -> None:
    assert len(STEPS) == len(_ALL)
    assert len({step.log_action for step in _ALL}) == len(_ALL)


@every_step
def test_definition_uses_known_values(step: Step) -> None:
    assert step.log_action in Action
    assert step.permission in ("change", "publish", "control")
    assert set(step.start_stages) <= STAGES
    assert step.comment_kind is None or step.comment_kind in Comment.Kind


@every_step
def test_texts_can_be_formatted(step: Step) -> None:
    values = {"item": "Night mail", "time": "09:30"}

    assert "Night mail" in str(step.result % values)
    assert bool(step.done_stage) == bool(step.already_done)
    if step.done_stage:
        assert step.done_stage in STAGES - set(step.start_stages)
        assert "Night mail" in str(step.already_done % values)


@pytest.mark.django_db
def test_log_distinguishes_a_reinstated_item_from_a_restored_version() -> None:
    publisher = staff.account("Publisher")
    article = editorial.correction(news.article("Old", standfirst="By rail."), by=publisher, title="New")
    steps.perform("discard", article, by=publisher)
    steps.perform("withdraw", article, by=publisher, reason="Wrong figures.")

    steps.perform("reinstate", article, by=publisher)
    article.refresh_from_db()
    newest = Revision.objects.of(article).newest_first().first()
    assert newest is not None
    restoring.restore(article, newest, by=publisher)

    logged = Entry.objects.order_by("-number").values_list("action", "detail")[:2]
    assert list(logged) == [("restore", f"version {newest.number}"), ("reinstate", "")]
    assert Action.RESTORE.label != Action.REINSTATE.label
