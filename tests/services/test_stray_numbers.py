import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from postportal.outbox.delivery import deliver_all
from postportal.publishing.models import State
from services.stray_numbers import StrayNumbers
from tests.factories import news, services, staff

pytestmark = pytest.mark.django_db

A_DAY = dt.timedelta(days=1)


def stray(user: Any = None) -> list[tuple[str, str]]:
    deliver_all()
    user = user or staff.account(is_superuser=True)
    return [(item.text, item.detail) for item in StrayNumbers().items(user, timezone.now())]


def test_unknown_and_old_numbers_are_listed_and_those_of_today_are_not() -> None:
    today = timezone.localdate()
    hotline = services.hotline("Letters")
    services.short_code_number(hotline, short_code="11185", valid_until=today - A_DAY)
    services.short_code_number(hotline, short_code="11200")
    services.number_from_abroad(hotline, e164="+861068859999")
    services.channel(hotline, kind="fax", address="+861068850000")
    news.article("Good", body="<p>Call 11200, +86 10 6885 9999 or fax +86 10 6885 0000.</p>")
    news.article("Old", body="<p>Call 11185.</p>")
    news.article("Unknown", body="<p>Call 95580.</p>")
    news.article("Draft", body="<p>Call 95580.</p>", state=State.DRAFT, publish_at=None)

    assert stray() == [
        ("Old", "Letters: 11185: replaced by 11200"),
        ("Unknown", "95580 is not a number of a hotline"),
    ]


def test_number_becomes_stray_on_the_day_after_its_last() -> None:
    news.article("Old", body="<p>Call 11185.</p>")
    services.short_code_number(services.hotline(), valid_until=timezone.localdate())
    deliver_all()
    user = staff.account(is_superuser=True)

    moments = [timezone.now(), timezone.now() + A_DAY]

    assert [len(StrayNumbers().items(user, at)) for at in moments] == [0, 1]


def test_list_and_count_are_for_those_who_may_view_the_texts() -> None:
    news.article("Unknown", body="<p>Call 95580.</p>")
    deliver_all()
    browser = staff.sign_in(role="Editor")

    page = browser.get("/admin/waiting/stray-numbers/")
    queues = {entry["queue"].name: entry["count"] for entry in browser.get("/admin/").context["work_queues"]}

    assert [item.text for item in page.context["items"]] == ["Unknown"]
    assert queues["stray-numbers"] == 1
    assert stray(staff.account(role="Philatelist")) in ([], [("Unknown", "95580 is not a number of a hotline")])


@pytest.mark.parametrize("count", [1, 50])
def test_list_takes_the_same_queries_for_one_and_fifty(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    hotline = services.hotline()
    for number in range(count):
        services.short_code_number(hotline, short_code=f"{95000 + number}", valid_until=dt.date(2020, 1, 1))
        news.article(body=f"<p>Call {95000 + number}.</p>")
    user = staff.account(is_superuser=True)
    stray(user)

    with django_assert_num_queries(10):
        assert len(StrayNumbers().items(user, timezone.now())) == count
