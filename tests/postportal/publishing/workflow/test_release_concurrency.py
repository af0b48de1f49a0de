"""Concurrent changes to a release: it is published once, and every item is either in it or not."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from news.models import Article
from postportal.audit.actions import Action
from postportal.audit.models import Entry
from postportal.pages.models import ServiceNotice
from postportal.publishing.models import Release, State
from postportal.publishing.workflow import release_members, releases
from postportal.publishing.workflow.due import publish_due
from tests.factories import pages, staff
from tests.factories.releases import launch_release
from tests.postportal.publishing.conftest import read_in_thread

pytestmark = pytest.mark.django_db(transaction=True)


def attempt(act: Any) -> Any:
    def run() -> str:
        try:
            act()
        except ValidationError:
            return "refused"
        return "done"

    return run


def test_concurrent_requests_publish_a_release_once(at_once: Any) -> None:
    due = timezone.now() + dt.timedelta(hours=1)
    launch_release(at=due)

    at_once(*(lambda: publish_due(due) for _ in range(4)))

    def look() -> Any:
        logged = Entry.objects.filter(action=Action.RELEASE).count()
        return list(Article.objects.values_list("state", flat=True)), ServiceNotice.objects.get().publish_at, logged

    assert read_in_thread(look) == ([State.PUBLISHED] * 2, due, 4)


def test_item_added_while_the_release_is_scheduled_is_in_it_or_refused(at_once: Any) -> None:
    row, late, by = launch_release(), pages.notice("Late", publish_at=None), staff.account(is_superuser=True)
    due = timezone.now() + dt.timedelta(hours=1)

    added, scheduled = at_once(
        attempt(lambda: release_members.add_to_release(row, late, by=by)),
        attempt(lambda: releases.perform_release_step("schedule", row, by=by, due_at=due)),
    )

    def look() -> Any:
        fresh = Release.objects.get()
        return fresh.stage, len(release_members.members(fresh))

    assert scheduled == "done"
    assert read_in_thread(look) == ("scheduled", 4 if added == "done" else 3)
