"""Announced names, parents and ends on pages of a day to come, and of the days around it."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.test.utils import CaptureQueriesContext

from news.leadership import leadership_on
from news.models import PlannedChange
from postportal.publishing.models import Release
from postportal.publishing.workflow.due import publish_due
from tests.factories import news
from tests.factories.releases import release as make_release

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 6, 1, 2, tzinfo=dt.UTC)
DAY = dt.date(2027, 3, 1)
BEFORE = DAY - dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def planned(**fields: Any) -> PlannedChange:
    row = PlannedChange(**{"takes_effect_on": DAY, "publish_at": news.LONG_AGO, **fields})
    row.full_clean()
    row.save()
    return row


def page(path: str, day: dt.date) -> str:
    return Client().get(f"{path}?on={day}", follow=True).content.decode()


def test_page_of_a_day_to_come_has_the_announced_names() -> None:
    post = news.organization("Highland Railway", slug="post")
    seat = news.position("General Manager", organization=post)
    holder = news.appointment(person=news.person("Wong", "Meiling", slug="wong"), position=seat)
    planned(organization=post, new_name="Highland Mail")
    planned(position=seat, new_name="President")
    planned(person=holder.person, new_name="Chan")

    for path in ("/organizations/post/leadership/", "/people/wong/"):
        before, after = page(path, BEFORE), page(path, DAY)
        assert "General Manager" in before
        assert "Wong Meiling" in before
        assert "President" not in before
        assert "President" in after
        assert "Chan Meiling" in after
        assert "Highland Mail" in after


def test_name_known_by_month_is_on_no_page_of_a_day_of_the_month() -> None:
    post = news.organization("Highland Railway", slug="post")
    news.appointment(position=news.position("Chair", organization=post))
    planned(organization=post, new_name="Highland Mail", takes_effect_precision="month")

    shown = [page("/organizations/post/leadership/", day) for day in (dt.date(2027, 3, 31), dt.date(2027, 4, 1))]

    assert ["Highland Mail" in text.partition("<h1")[2].partition("</h1>")[0] for text in shown] == [False, True]


def test_name_that_is_not_announced_is_on_no_day() -> None:
    post = news.organization("Highland Railway", slug="post")
    planned(organization=post, new_name="Highland Mail", publish_at=NOW + dt.timedelta(seconds=1))

    assert "Highland Mail" not in page("/organizations/post/leadership/", DAY)


def test_part_is_shown_in_its_announced_parent() -> None:
    old, new = news.organization("Old Post"), news.organization("New Post")
    part = news.organization("Rail Mail", parent=old)
    planned(organization=part, new_parent=new)

    def parts(of: Any, day: dt.date) -> list[str]:
        return [unit.name for unit in leadership_on(of, day, at=NOW).units]

    assert (parts(old, BEFORE), parts(old, DAY)) == (["Rail Mail"], [])
    assert (parts(new, BEFORE), parts(new, DAY)) == ([], ["Rail Mail"])


def test_offices_end_with_an_organization_whose_end_is_announced() -> None:
    post = news.organization("Post", slug="post")
    person = news.person("Wong", "Meiling", slug="wong")
    news.appointment(person=person, position=news.position("Chair", organization=post))
    planned(organization=post, is_dissolution=True)

    after = DAY + dt.timedelta(days=1)
    assert "Wong" in page("/organizations/post/leadership/", DAY)
    assert "did not exist" in page("/organizations/post/leadership/", after)
    assert "No positions are known" in page("/people/wong/", after)


def test_page_of_a_day_takes_as_many_queries_for_many_changes(django_assert_max_num_queries: Any) -> None:
    from django.db import connection

    post = news.organization("Post")

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            leadership_on(post, DAY, at=NOW)
        return len(queries)

    def add() -> None:
        seat = news.appointment(position=news.position(f"Chair {PlannedChange.objects.count()}", organization=post))
        planned(position=seat.position, new_name=f"Head {PlannedChange.objects.count()}")
        planned(person=seat.person, new_name="Chan")

    add()
    few = count()
    for _number in range(5):
        add()
    assert count() == few


def test_change_that_failed_is_no_longer_announced() -> None:
    post = news.organization("Highland Railway", slug="post")
    change = planned(organization=post, new_name="Highland Mail")
    assert "Highland Mail" in Client().get("/organizations/post/").content.decode()
    PlannedChange.objects.filter(pk=change.pk).update(failure="The name is taken.", due_at=None)

    assert "Highland Mail" not in Client().get("/organizations/post/").content.decode()
    assert "Highland Mail" not in page("/organizations/post/leadership/", DAY)


def test_title_that_changes_is_named_in_the_language_of_the_page() -> None:
    post = news.organization("Post", slug="post")
    seat = news.position("General Manager", label_zh="总经理", organization=post)
    planned(position=seat, new_name="President", new_name_zh="总裁")

    text = Client().get("/zh-hans/organizations/post/").content.decode()

    assert "总裁" in text
    assert "General Manager" not in text


def test_handover_does_not_undo_an_earlier_end() -> None:
    holder = news.appointment(from_on=dt.date(2019, 1, 1))
    row = news.handover(
        leaving=holder, last_day=DAY, first_day=DAY + dt.timedelta(days=1), publish_at=NOW + dt.timedelta(days=1)
    )
    holder.until_on = dt.date(2026, 12, 31)
    holder.save()

    with pytest.raises(ValidationError, match="no longer holds the position"):
        row.full_clean()
    publish_due(NOW + dt.timedelta(days=1))

    holder.refresh_from_db()
    row.refresh_from_db()
    assert holder.until_on == dt.date(2026, 12, 31)
    assert "no longer holds the position" in row.failure


def test_release_of_changes_that_exclude_each_other_fails_with_the_reason() -> None:
    """Each is possible alone. Together, the organization would be part of itself."""
    first, second = news.organization("First"), news.organization("Second")
    changes = [
        planned(organization=first, new_parent=second, takes_effect_on=dt.date(2026, 5, 1), publish_at=None),
        planned(organization=second, new_parent=first, takes_effect_on=dt.date(2026, 5, 1), publish_at=None),
    ]
    due_at = NOW + dt.timedelta(hours=1)
    release = make_release("Reform", *changes)
    for change in changes:
        change.refresh_from_db()
    Release.objects.filter(pk=release.pk).update(stage=Release.Stage.SCHEDULED, due_at=due_at)

    publish_due(due_at)

    release.refresh_from_db()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (release.stage, first.parent, second.parent) == (Release.Stage.DRAFT, None, None)
    assert "part of itself" in release.failure
    assert not PlannedChange.objects.exclude(made_at=None).exists()
