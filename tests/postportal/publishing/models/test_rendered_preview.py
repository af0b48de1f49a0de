"""Stored previews of unsaved forms."""

import datetime as dt

import pytest

from postportal.publishing.models import RenderedPreview
from postportal.publishing.models.rendered_preview import MAX_PREVIEW_AGE, MAX_PREVIEWS_PER_USER, store_preview
from tests.factories import staff

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 20, 12, tzinfo=dt.UTC)


def pages_of(user: object) -> list[str]:
    return list(RenderedPreview.objects.of(user).order_by("pk").values_list("html", flat=True))


def test_only_the_newest_previews_of_a_user_are_stored() -> None:
    user, other = staff.account("Editor"), staff.account("Editor")
    store_preview("Other", user=other, at=NOW)

    for number in range(MAX_PREVIEWS_PER_USER + 2):
        store_preview(str(number), user=user, at=NOW)

    assert pages_of(user) == [str(number) for number in range(2, MAX_PREVIEWS_PER_USER + 2)]
    assert pages_of(other) == ["Other"]


def test_old_previews_of_all_users_are_deleted() -> None:
    user = staff.account("Editor")
    store_preview("Old", user=staff.account("Editor"), at=NOW)
    recent = NOW + dt.timedelta(seconds=1)
    store_preview("Recent", user=user, at=recent)

    store_preview("New", user=user, at=NOW + MAX_PREVIEW_AGE)

    assert set(RenderedPreview.objects.values_list("html", flat=True)) == {"Recent", "New"}
    assert RenderedPreview.objects.unexpired(recent + MAX_PREVIEW_AGE).count() == 1


def test_each_preview_has_its_own_key() -> None:
    user = staff.account("Editor")

    assert store_preview("A", user=user, at=NOW).key != store_preview("A", user=user, at=NOW).key
