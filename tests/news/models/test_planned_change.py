import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from news.models import FormerParent, Organization, OrganizationName, Person, PersonName, PlannedChange, PositionLabel
from postportal.publishing.workflow.due import publish_due
from tests.factories import news

pytestmark = pytest.mark.django_db
DAY = dt.date(2027, 3, 1)
# The first second of that day in the time zone of the portal.
MIDNIGHT = dt.datetime(2027, 2, 28, 16, 0, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


def planned(**fields: Any) -> PlannedChange:
    row = PlannedChange(**{"takes_effect_on": DAY, "publish_at": news.LONG_AGO, **fields})
    row.full_clean()
    row.save()
    return row


def test_organization_is_renamed_on_its_day() -> None:
    row = news.organization("Highland Railway", name_zh="高原铁路")
    planned(organization=row, new_name="Highland Mail", new_name_zh="高原邮政")
    publish_due(MIDNIGHT - SECOND)
    assert Organization.objects.get().name == "Highland Railway"
    publish_due(MIDNIGHT)

    row = Organization.objects.get()
    assert (row.name, row.name_zh) == ("Highland Mail", "高原邮政")
    assert tuple(row.names_on(DAY)) == ("Highland Mail", "高原邮政")
    assert tuple(row.names_on(DAY - dt.timedelta(days=1))) == ("Highland Railway", "高原铁路")
    assert OrganizationName.objects.get().kind == "former"


def test_person_is_renamed_on_the_day() -> None:
    planned(person=news.person("Wong", "Meiling"), new_name="Chan")
    publish_due(MIDNIGHT)

    assert Person.objects.get().name == "Chan Meiling"
    assert PersonName.objects.get().name == "Wong Meiling"


def test_title_changes_on_the_day() -> None:
    row = news.position("General Manager")
    planned(position=row, new_name="President")
    publish_due(MIDNIGHT)

    row.refresh_from_db()
    assert row.label == "President"
    assert PositionLabel.objects.get().name == "General Manager"


def test_parent_changes_on_the_day() -> None:
    old, new = news.organization("Old Post"), news.organization("New Post")
    row = news.organization(parent=old)
    planned(organization=row, new_parent=new)
    publish_due(MIDNIGHT)

    row.refresh_from_db()
    assert (row.parent, row.parent_on(DAY), row.parent_on(DAY - dt.timedelta(days=1))) == (new, new, old)
    assert FormerParent.objects.get().period == "until 28 February 2027"


def test_organization_is_dissolved_on_the_day() -> None:
    row = news.organization()
    planned(organization=row, is_dissolution=True)
    publish_due(MIDNIGHT)

    row.refresh_from_db()
    assert row.dissolved_on == DAY


def test_announcement_after_the_day_makes_it_later() -> None:
    row = news.organization("Highland Railway")
    planned(organization=row, new_name="Highland Mail", publish_at=MIDNIGHT + 60 * SECOND)
    publish_due(MIDNIGHT)
    assert Organization.objects.get().name == "Highland Railway"
    publish_due(MIDNIGHT + 60 * SECOND)

    assert Organization.objects.get().name == "Highland Mail"


def test_without_a_time_nothing_happens() -> None:
    planned(organization=news.organization("Highland Railway"), new_name="Highland Mail", publish_at=None)
    publish_due(MIDNIGHT + dt.timedelta(days=99))

    assert Organization.objects.get().name == "Highland Railway"


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({}, "Enter what changes"),
        ({"new_name": "x" * 81}, "at most 80"),
        ({"is_dissolution": True}, "Only organizations"),
    ],
)
def test_impossible_changes_of_people_are_refused(fields: dict[str, Any], text: str) -> None:
    with pytest.raises(ValidationError, match=text):
        planned(person=news.person(), **fields)


def test_circle_of_parents_is_refused() -> None:
    post = news.organization("Post")
    part = news.organization(parent=post)

    with pytest.raises(ValidationError, match="part of itself"):
        planned(organization=post, new_parent=part)


def test_one_row_is_changed() -> None:
    with pytest.raises(ValidationError, match="only one"):
        planned(person=news.person(), organization=news.organization(), new_name="Post")


@pytest.mark.parametrize("name", ["from_on", "until_on"])
def test_former_name_cannot_be_typed_ahead(name: str) -> None:
    row = OrganizationName(
        organization=news.organization(), name="Highland Railway", kind="former", **{name: dt.date(2030, 1, 1)}
    )

    with pytest.raises(ValidationError, match="planned change"):
        row.full_clean()


def test_dissolution_cannot_be_typed_ahead() -> None:
    row = news.organization()
    row.dissolved_on = dt.date(2030, 1, 1)

    with pytest.raises(ValidationError, match="planned change"):
        row.full_clean()


def test_two_changes_that_are_due_at_once_are_made_in_the_order_of_their_days() -> None:
    row = news.organization("Highland Railway")
    planned(organization=row, new_name="Highland Mail", takes_effect_on=DAY + dt.timedelta(days=30))
    planned(organization=row, new_name="Highland Post")
    publish_due(MIDNIGHT + dt.timedelta(days=60))

    row = Organization.objects.get()
    days = [DAY - dt.timedelta(days=1), DAY, DAY + dt.timedelta(days=29), DAY + dt.timedelta(days=30)]
    assert [row.names_on(day).name for day in days] == [
        *("Highland Railway", "Highland Post", "Highland Post", "Highland Mail")
    ]


def test_two_changes_of_the_same_day_leave_both_names() -> None:
    row = news.organization("Highland Railway")
    planned(organization=row, new_name="Highland Mail")
    planned(organization=row, new_name_zh="高原邮政")
    publish_due(MIDNIGHT)

    row = Organization.objects.get()
    assert tuple(row.names_on(DAY)) == ("Highland Mail", "高原邮政")
    assert row.names_on(DAY - dt.timedelta(days=1)).name == "Highland Railway"
    assert not PlannedChange.objects.exclude(failure="").exists()


def test_organization_moved_by_hand_meanwhile_keeps_the_parent_of_before() -> None:
    old, other, new = news.organization("Old"), news.organization("Other"), news.organization("New")
    row = news.organization("Rail Mail", parent=old)
    planned(organization=row, new_parent=new)
    Organization.objects.filter(pk=row.pk).update(parent=other)
    publish_due(MIDNIGHT)

    row.refresh_from_db()
    assert (row.parent, row.parent_on(DAY - dt.timedelta(days=1))) == (new, other)


def test_parent_that_stays_is_no_former_one() -> None:
    parent = news.organization("Post")
    row = news.organization("Rail Mail", parent=parent)
    planned(organization=row, new_parent=parent, new_name="Rail Post")
    publish_due(MIDNIGHT)

    assert not FormerParent.objects.exists()


def test_name_that_stays_is_no_former_one() -> None:
    row = news.organization("Rail Mail", parent=news.organization("Old"))
    planned(organization=row, new_parent=news.organization("New"), new_name="Rail Mail")
    publish_due(MIDNIGHT)

    assert not OrganizationName.objects.exists()


def test_dissolved_organization_gets_no_new_name() -> None:
    with pytest.raises(ValidationError, match="dissolved"):
        planned(organization=news.organization(), is_dissolution=True, new_name="Ghost")


def test_new_name_may_be_as_long_as_that_of_its_row() -> None:
    row = news.organization("Highland Railway")
    planned(organization=row, new_name="x" * 200, new_name_zh="邮" * 120)
    with pytest.raises(ValidationError, match="at most 120"):
        planned(position=news.position(), new_name="x" * 121)
    publish_due(MIDNIGHT)

    row.refresh_from_db()
    assert (len(row.name), len(row.name_zh)) == (200, 120)


def test_name_known_by_month_changes_when_the_month_is_over() -> None:
    row = news.organization("Highland Railway")
    change = planned(organization=row, new_name="Highland Mail", takes_effect_on=DAY, takes_effect_precision="month")
    publish_due(MIDNIGHT)
    assert change.sentence == "From March 2027: Highland Mail"
    assert Organization.objects.get().name == "Highland Railway"

    april = dt.datetime(2027, 3, 31, 16, 0, tzinfo=dt.UTC)
    publish_due(april - SECOND)
    assert Organization.objects.get().name == "Highland Railway"
    publish_due(april)

    row = Organization.objects.get()
    assert (row.name, row.names.get().period) == ("Highland Mail", "until March 2027")
    assert [row.names_on(dt.date(2027, month, 31)).name for month in (3, 5)] == ["Highland Railway", "Highland Mail"]


def test_year_of_dissolution_is_kept_as_it_is_known() -> None:
    change = planned(organization=news.organization(), is_dissolution=True, takes_effect_precision="year")
    assert (change.sentence, change.takes_effect_on) == ("To be dissolved in 2027", dt.date(2027, 1, 1))

    publish_due(dt.datetime(2027, 12, 31, 16, 0, tzinfo=dt.UTC))

    row = Organization.objects.get()
    assert (row.dissolved_on, row.dissolved_precision) == (dt.date(2027, 1, 1), "year")
    assert (row.exists_on(dt.date(2027, 12, 31)), row.exists_on(dt.date(2028, 1, 1))) == (True, False)
