import pytest
from django.db import IntegrityError

from postportal.publishing.versions.taken_values import save_without_taken_values
from services.models import Stamp
from tests.factories import news, services

pytestmark = pytest.mark.django_db


def test_free_values_are_saved_as_they_are() -> None:
    issue = services.stamp_issue(year=2026, number=7)
    issue.number = 8

    assert save_without_taken_values(issue, stored={"number": 7}) == []
    issue.refresh_from_db()
    assert issue.number == 8


def test_taken_value_is_replaced_with_the_stored_one() -> None:
    services.stamp_issue(year=2026, number=8)
    issue = services.stamp_issue(year=2026, number=7, title="Roads")
    issue.number, issue.title = 8, "New roads"

    (sentence,) = save_without_taken_values(issue, stored={"series": issue.series, "year": 2026, "number": 7})

    issue.refresh_from_db()
    assert (issue.number, issue.title) == (7, "New roads")
    assert "year “2026”" in sentence


def test_taken_value_of_a_new_row_is_left_out() -> None:
    services.stamp(services.stamp_issue(), wns_number="CN001.26")
    stamp = Stamp(issue=services.stamp_issue(), position=1, wns_number="CN001.26")

    assert len(save_without_taken_values(stamp, stored={})) == 1
    assert Stamp.objects.get(pk=stamp.pk).wns_number == ""


def test_other_refusals_are_raised() -> None:
    article = news.article()
    article.title = ""

    with pytest.raises(IntegrityError):
        save_without_taken_values(article, stored={})
