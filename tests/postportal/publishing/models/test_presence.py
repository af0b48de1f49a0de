"""Presence of users who have an item open."""

import datetime as dt

import pytest

from postportal.publishing.models import Presence
from postportal.publishing.models.presence import PRESENCE_TIMEOUT
from tests.factories import news, staff

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 20, 12, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


def test_time_of_opening_is_kept_while_the_form_reports() -> None:
    article, user = news.article(), staff.account("Editor")
    for seconds in (0, 20, 40):
        Presence.objects.mark_seen(article, user=user, at=NOW + SECOND * seconds)

    row = Presence.objects.get()
    assert (row.opened_at, row.seen_at) == (NOW, NOW + SECOND * 40)
    assert row.minutes_open(NOW + SECOND * 119) == 1


def test_form_that_reports_after_the_timeout_was_opened_again() -> None:
    article, user = news.article(), staff.account("Editor")
    Presence.objects.mark_seen(article, user=user, at=NOW)

    Presence.objects.mark_seen(article, user=user, at=NOW + PRESENCE_TIMEOUT)

    row = Presence.objects.get()
    assert row.opened_at == row.seen_at == NOW + PRESENCE_TIMEOUT


def test_others_are_listed_by_time_of_opening_until_the_timeout() -> None:
    article, me = news.article(), staff.account("Editor")
    users = [staff.account("Editor") for _ in range(3)]
    for user, seconds in zip(users, (20, 10, 0), strict=True):
        Presence.objects.mark_seen(article, user=user, at=NOW + SECOND * seconds)
    Presence.objects.mark_seen(article, user=me, at=NOW)
    Presence.objects.mark_seen(news.article(), user=staff.account("Editor"), at=NOW)

    def others(at: dt.datetime) -> list[object]:
        return [row.user for row in Presence.objects.others(article, user=me, at=at)]

    assert others(NOW + SECOND * 20) == users[::-1]
    assert others(NOW + PRESENCE_TIMEOUT) == [users[1], users[0]]
