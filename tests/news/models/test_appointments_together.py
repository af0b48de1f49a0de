import datetime as dt

import pytest

from news.models import Appointment
from postportal.publishing.models import Revision
from postportal.publishing.versions.restoring import restore
from postportal.publishing.versions.revisions import record_outside_change
from tests.factories import news, staff

pytestmark = pytest.mark.django_db
DAY, LATER = dt.date(2020, 5, 1), dt.date(2021, 5, 1)
ONE_DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(("before", "after"), [(DAY, LATER), (LATER, DAY)])
def test_position_is_restored_whose_day_of_handover_moved(before: dt.date, after: dt.date) -> None:
    position = news.position()
    old = news.appointment(position=position, from_on=dt.date(2010, 1, 1), until_on=before - ONE_DAY)
    new = news.appointment(position=position, from_on=before)
    record_outside_change(position)
    first = Revision.objects.of(position).get()
    for row, fields in (
        (old, {"until_on": dt.date(2011, 1, 1)}),
        (new, {"from_on": after}),
        (old, {"until_on": after - ONE_DAY}),
    ):
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
    restore(position, first, by=staff.account("Editor"))

    rows = Appointment.objects.order_by("pk")
    assert [(row.from_on, row.until_on) for row in rows] == [(dt.date(2010, 1, 1), before - ONE_DAY), (before, None)]
    assert all(row.is_sole for row in rows)
