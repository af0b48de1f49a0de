"""Releases and rows that can be published with them."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from postportal.publishing.models import Release
from tests.factories import pages

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 20, 12, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


def release(**fields: Any) -> Release:
    return Release.objects.create(**{"name": "Launch", **fields})


def test_release_is_due_from_its_second_on() -> None:
    now, after = (release(stage="scheduled", due_at=NOW + SECOND * offset) for offset in (0, 1))
    draft = release()

    assert list(Release.objects.due(NOW)) == [now]
    assert list(Release.objects.upcoming(NOW)) == [after]
    assert list(Release.objects.in_preparation()) == [draft]
    assert [row.is_open for row in (now, draft)] == [False, True]


def test_scheduled_release_needs_a_time() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        release(stage="scheduled")


def refused_fields(**fields: Any) -> list[str]:
    notice = pages.notice(**fields)
    try:
        notice.clean()
    except ValidationError as error:
        return list(error.message_dict)
    return []


@pytest.mark.parametrize(("publish_at", "refused"), [(NOW, ["publish_at"]), (None, [])])
def test_row_in_an_open_release_has_no_time_of_its_own(publish_at: Any, refused: list[str]) -> None:
    assert refused_fields(release=release(), publish_at=publish_at) == refused


@pytest.mark.parametrize(("publish_at", "refused"), [(NOW, []), (None, ["publish_at"])])
def test_row_published_with_a_release_keeps_its_time(publish_at: Any, refused: list[str]) -> None:
    assert refused_fields(release=release(stage="published"), publish_at=publish_at) == refused


@pytest.mark.parametrize("publish_at", [NOW, None])
def test_row_without_a_release_may_have_a_time_or_none(publish_at: Any) -> None:
    assert refused_fields(publish_at=publish_at) == []
