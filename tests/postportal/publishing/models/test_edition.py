"""Editions: which are due, upcoming and unreviewed, and the constraints."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction

from postportal.publishing.models import Edition, Release
from tests.factories import news, staff

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 20, 12, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


def edition(**fields: Any) -> Edition:
    fields = {"created_at": NOW, "number": 1, **fields}
    if "object_id" not in fields:
        fields["object_id"] = news.article().pk
    kind = ContentType.objects.get(app_label="news", model="article")
    return Edition.objects.create(content_type=kind, **fields)


def scheduled(due_at: dt.datetime, **fields: Any) -> Edition:
    return edition(stage="scheduled", due_at=due_at, **fields)


def test_edition_is_due_from_its_second_on() -> None:
    before, now, after = (scheduled(NOW + SECOND * offset) for offset in (-1, 0, 1))
    edition(stage="draft")

    assert list(Edition.objects.due(NOW).order_by("pk")) == [before, now]
    assert list(Edition.objects.upcoming(NOW)) == [after]


def test_edition_of_a_release_is_neither_due_nor_upcoming() -> None:
    release = Release.objects.create(name="Launch")
    scheduled(NOW, release=release)
    scheduled(NOW + SECOND, release=release)

    assert (Edition.objects.due(NOW).count(), Edition.objects.upcoming(NOW).count()) == (0, 0)


def test_only_unapproved_publications_without_review_are_unreviewed() -> None:
    unreviewed = edition(stage="published", is_forced=True)
    edition(stage="published", is_forced=True, approved_at=NOW)
    edition(stage="published")
    edition(stage="draft", is_forced=True)

    assert list(Edition.objects.unreviewed()) == [unreviewed]


def test_involvement_is_writing_or_publishing() -> None:
    user = staff.account("Editor")
    edition().writers.add(user)
    edition(published_by=user)
    other = edition(published_by=staff.account("Editor"))

    assert list(Edition.objects.not_involving(user)) == [other]


def test_item_has_one_open_edition_at_most() -> None:
    first = edition(stage="published")
    edition(object_id=first.object_id, number=2, stage="review")

    with pytest.raises(IntegrityError), transaction.atomic():
        edition(object_id=first.object_id, number=3, stage="draft")


def test_scheduled_edition_needs_a_time() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        edition(stage="scheduled")


@pytest.mark.parametrize(
    ("stage", "is_open"),
    [("draft", True), ("review", True), ("scheduled", True), ("published", False), ("discarded", False)],
)
def test_open_stages(stage: str, is_open: bool) -> None:
    assert edition(stage=stage, due_at=NOW).is_open is is_open
    assert Edition.objects.open().exists() is is_open
