import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from news.models import Appointment, Handover
from postportal.publishing.models import Release, Revision
from postportal.publishing.workflow.due import publish_due
from postportal.publishing.workflow.release_members import add_to_release
from postportal.publishing.workflow.releases import perform_release_step
from tests.factories import news, staff

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 29)
LAST_DAY, FIRST_DAY = dt.date(2027, 3, 31), dt.date(2027, 4, 15)
EMBARGO = dt.datetime(2027, 3, 22, 2, 0, tzinfo=dt.UTC)


def planned(**fields: object) -> Handover:
    holder = fields.pop("leaving", None) or news.appointment(
        person=news.person("Zhou", "Mei"), from_on=dt.date(2019, 1, 1)
    )
    values = {
        "leaving": holder,
        "position": holder.position,  # type: ignore[attr-defined]
        "last_day": LAST_DAY,
        "acting": news.person("He", "Jun"),
        "comes": news.person("Gao", "Lin"),
        "first_day": FIRST_DAY,
        "publish_at": EMBARGO,
        **fields,
    }
    row = Handover(**values)  # type: ignore[arg-type]
    row.full_clean()
    row.save()
    return row


def periods() -> list[tuple[str, dt.date | None, dt.date | None, bool]]:
    rows = Appointment.objects.order_by("held_from", "pk").select_related("person")
    return [(row.person.name, row.from_on, row.until_on, row.is_acting) for row in rows]


def test_nothing_is_written_before_the_second() -> None:
    planned()
    before = periods()
    publish_due(EMBARGO - dt.timedelta(seconds=1))

    assert periods() == before == [("Zhou Mei", dt.date(2019, 1, 1), None, False)]


def test_everything_is_written_at_the_second() -> None:
    row = planned()
    publish_due(EMBARGO)

    assert periods() == [
        ("Zhou Mei", dt.date(2019, 1, 1), LAST_DAY, False),
        ("He Jun", LAST_DAY + dt.timedelta(days=1), FIRST_DAY - dt.timedelta(days=1), True),
        ("Gao Lin", FIRST_DAY, None, False),
    ]
    row.refresh_from_db()
    assert (row.made_at, row.due_at, row.failure) == (EMBARGO, None, "")
    assert set(Appointment.objects.exclude(person=row.leaving.person).values_list("publish_at", flat=True)) == {EMBARGO}  # type: ignore[union-attr]


def test_is_in_the_history_of_position_and_person() -> None:
    row, editor = planned(), staff.account("Editor")
    Handover.objects.update(planned_by=editor)
    publish_due(EMBARGO)

    for item in (row.position, row.leaving.person):  # type: ignore[union-attr]
        assert Revision.objects.of(item).newest_first()[0].by == editor


def test_acting_is_proposed_until_the_day_before() -> None:
    assert planned().acting_until == FIRST_DAY - dt.timedelta(days=1)


def test_nobody_has_to_come() -> None:
    planned(comes=None, first_day=None, acting=None)
    publish_due(EMBARGO)

    assert periods() == [("Zhou Mei", dt.date(2019, 1, 1), LAST_DAY, False)]


def test_vacant_position_can_be_filled() -> None:
    position = news.position()
    row = Handover(position=position, comes=news.person("Gao", "Lin"), first_day=FIRST_DAY, publish_at=EMBARGO)
    row.full_clean()
    row.save()
    publish_due(EMBARGO)

    assert periods() == [("Gao Lin", FIRST_DAY, None, False)]


def test_overlap_is_refused_naming_both() -> None:
    with pytest.raises(ValidationError) as refusal:
        planned(first_day=LAST_DAY, acting=None)

    text = " ".join(refusal.value.messages)
    assert "Zhou Mei" in text
    assert "Gao Lin" in text


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"last_day": None}, "last_day"),
        ({"first_day": None, "acting": None}, "first_day"),
        ({"comes": None, "acting": None}, "comes"),
        ({"acting": None, "acting_until": LAST_DAY}, "acting"),
        ({"acting_until": dt.date(2027, 3, 1)}, "acting_until"),
        ({"first_day": LAST_DAY + dt.timedelta(days=1)}, "acting_until"),
        ({"last_day": dt.date(2018, 1, 1)}, "last_day"),
    ],
)
def test_refusal_is_at_its_field(fields: dict[str, object], name: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        planned(**fields)

    assert list(refusal.value.message_dict) == [name]


def test_holder_of_another_position_cannot_leave() -> None:
    with pytest.raises(ValidationError) as refusal:
        planned(position=news.position())

    assert "leaving" in refusal.value.message_dict


def test_what_has_become_impossible_is_not_made() -> None:
    row = planned(acting=None)
    # Somebody else has been appointed since.
    Appointment.objects.filter(pk=row.leaving_id).update(lasts_until=LAST_DAY)
    rival = news.appointment(position=row.position, person=news.person("Tang", "Yi"), from_on=FIRST_DAY)
    publish_due(EMBARGO)

    row.refresh_from_db()
    assert "Tang Yi" in row.failure
    assert (row.made_at, row.due_at) == (None, None)
    assert Appointment.objects.get(pk=row.leaving_id).until_on is None
    assert Appointment.objects.exclude(pk__in=[row.leaving_id, rival.pk]).count() == 0


def test_goes_out_with_its_release() -> None:
    row, publisher = planned(publish_at=None), staff.account("Publisher")
    release = Release.objects.create(name="New director")
    add_to_release(release, row, by=publisher)
    publish_due(EMBARGO)
    assert len(periods()) == 1
    perform_release_step("publish", release, by=publisher, at=timezone.now())

    assert [name for name, *_ in periods()] == ["Zhou Mei", "He Jun", "Gao Lin"]


def test_release_is_refused_with_the_reason() -> None:
    row, publisher = planned(publish_at=None, acting=None), staff.account("Publisher")
    release = Release.objects.create(name="New director")
    add_to_release(release, row, by=publisher)
    Appointment.objects.filter(pk=row.leaving_id).update(lasts_until=LAST_DAY)
    news.appointment(position=row.position, person=news.person("Tang", "Yi"), from_on=FIRST_DAY)

    with pytest.raises(ValidationError, match="Tang Yi"):
        perform_release_step("publish", release, by=publisher, at=timezone.now())


def test_one_person_has_one_planned_handover() -> None:
    leaving = planned().leaving
    row = Handover(position=leaving.position, leaving=leaving, last_day=LAST_DAY)  # type: ignore[union-attr]

    with pytest.raises(ValidationError, match="already planned"):
        row.full_clean()
