import pytest

from services.models import StampIssue
from services.warning_counts import store_warning_counts
from tests.factories import services

pytestmark = pytest.mark.django_db


def test_count_follows_the_issue() -> None:
    issue = services.stamp_issue(stamp_count=2)
    stamp = services.stamp(issue)
    for position, expected in ((1, 1), (2, 0)):
        if position > stamp.position:
            services.stamp(issue, position=position)
        store_warning_counts("services.stampissue", [issue.pk])
        assert StampIssue.objects.get().warning_count == expected
