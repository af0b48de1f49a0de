"""Revisions cannot be changed or deleted."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from postportal.publishing.models import Revision
from tests.factories import editorial, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def revision() -> Revision:
    editorial.draft_article("Night mail", by=staff.account("Editor"))
    return Revision.objects.get()


@pytest.mark.parametrize(
    "change",
    [
        lambda revision: revision.save(),
        lambda revision: revision.delete(),
        lambda revision: Revision.objects.update(note="Changed"),
        lambda revision: Revision.objects.all().delete(),
    ],
    ids=["save", "delete", "update", "delete all"],
)
def test_revision_cannot_be_changed(revision: Revision, change: Callable[[Revision], Any]) -> None:
    revision.note = "Changed"

    with pytest.raises(TypeError, match="Revisions cannot be"):
        change(revision)

    assert list(Revision.objects.values_list("note", flat=True)) == [""]


def test_number_is_unique_for_an_item(revision: Revision) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.create(
            content_type=revision.content_type,
            object_id=revision.object_id,
            number=revision.number,
            content={},
            at=revision.at,
        )


def test_list_of_revisions_leaves_the_texts_in_the_database(revision: Revision) -> None:
    [listed] = Revision.objects.of(revision.item).for_history()  # type: ignore[arg-type]

    assert "content" in listed.get_deferred_fields()
