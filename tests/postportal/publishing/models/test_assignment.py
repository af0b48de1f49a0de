import datetime as dt

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from news.models import Article
from postportal.publishing.models import Assignment
from tests.factories import staff

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 12, 8)


def test_most_urgent_is_first_and_is_overdue_the_day_after() -> None:
    user, content_type = staff.account("Editor"), ContentType.objects.get_for_model(Article)
    for number, due_on in enumerate([None, DAY, DAY - dt.timedelta(days=1)], start=1):
        Assignment.objects.create(
            content_type=content_type, object_id=number, user=user, due_on=due_on, at=timezone.now()
        )

    assert [row.object_id for row in Assignment.objects.soonest_first()] == [3, 2, 1]
    assert [row.object_id for row in Assignment.objects.overdue(DAY)] == [3]
    assert [row.is_overdue_on(DAY) for row in Assignment.objects.soonest_first()] == [True, False, False]
    user.delete()
    assert Assignment.objects.filter(user=None).count() == 3
