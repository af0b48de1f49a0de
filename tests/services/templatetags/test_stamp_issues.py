import datetime as dt
from typing import Any

import pytest
from django.template import engines

from tests.factories import services

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 20)


def render(source: str, **context: Any) -> str:
    return engines["django"].from_string("{% load stamp_issues %}" + source).render(context)


def test_sale_status_on_a_day_is_its_label_or_nothing_if_unknown() -> None:
    known, unknown = services.stamp_issue(issued_on=DAY), services.stamp_issue(issued_on=None)

    text = render("{{ a|sale_status_on:day }}/{{ b|sale_status_on:day }}", a=known, b=unknown, day=DAY)

    assert text == "Issued/"


def test_issue_is_upcoming_until_its_date_of_issue() -> None:
    issue = services.stamp_issue(issued_on=DAY)

    days = {"before": DAY - dt.timedelta(days=1), "day": DAY}
    text = render("{{ issue|is_upcoming_on:before }}/{{ issue|is_upcoming_on:day }}", issue=issue, **days)

    assert text == "True/False"
