"""Assignments: who is told, what ends them, and what is overdue."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from postportal.audit.actions import Action
from postportal.audit.models import Entry
from postportal.publishing.models import Assignment, Comment
from postportal.publishing.workflow import assignments, authors, steps
from postportal.publishing.workflow.notifications import compose_mail, recipients
from postportal.staff.models import Preferences
from tests.factories import editorial
from tests.postportal.publishing.conftest import person, queue_entries

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate()


def test_assignee_is_told_and_finds_the_item_by_urgency(newsroom: dict[str, User]) -> None:
    ann, ed, eve = newsroom["Ann"], newsroom["Ed"], newsroom["Eve"]
    late, soon = (editorial.draft_article(title, by=ann) for title in ("Late", "Soon"))
    some_day = editorial.draft_article("Some day", by=ann)

    assignments.assign(some_day, eve, due_on=None, by=ed, at=NOW)
    assignments.assign(soon, eve, due_on=TODAY, by=ed, at=NOW)
    assignments.assign(late, eve, due_on=dt.date(2026, 1, 9), by=ed, at=NOW, note="Check the map.")

    comment = Comment.objects.of(late).get()
    assert recipients(comment) == [eve]
    assert compose_mail(comment)[1].splitlines()[2:] == [
        "Due on 9 January 2026.",
        f"Open: /admin/news/article/{late.pk}/change/",
        "",
        "Check the map.",
    ]
    found = [(entry.text, entry.detail.partition(" ")[0]) for entry in queue_entries("assigned", eve)]
    assert found == [("Late", "Overdue"), ("Soon", "Due"), ("Some day", "")]
    assert queue_entries("assigned", ann) == []
    Preferences.objects.create(user=eve, has_assignment_mails=False)
    assert recipients(comment) == []


def test_assignee_who_could_not_edit_the_item_becomes_an_author(newsroom: dict[str, User]) -> None:
    article, bob = editorial.draft_article("Quiet wires", by=newsroom["Ann"]), person("Author", "Bob")

    assignments.assign(article, bob, due_on=None, by=newsroom["Ed"], at=NOW)
    assignments.assign(article, newsroom["Eve"], due_on=None, by=newsroom["Ed"], at=NOW)

    assert authors.authors_of(article) == [newsroom["Ann"], bob]


def test_assignment_ends_with_the_publication_and_when_it_is_done(newsroom: dict[str, User]) -> None:
    ed = newsroom["Ed"]
    one, other = (editorial.submitted_article(title, by=newsroom["Ann"]) for title in ("One", "Other"))
    for article in (one, other):
        assignments.assign(article, ed, due_on=TODAY, by=ed, at=NOW)

    steps.perform("publish", one, by=ed)
    assignments.finish(other, by=ed)

    assert not Assignment.objects.exists()
    assert Entry.objects.latest("number").action == Action.ASSIGN


def test_same_assignment_again_tells_nobody(newsroom: dict[str, User]) -> None:
    article, ed = editorial.draft_article("Quiet wires", by=newsroom["Ann"]), newsroom["Ed"]

    for _time in range(2):
        assignments.assign(article, newsroom["Eve"], due_on=TODAY, by=ed, at=NOW)
    assignments.assign(article, None, due_on=None, by=ed, at=NOW)

    assert Comment.objects.of(article).count() == 1
    assert assignments.assignment_of(article) is None
