"""Check of links to other sites: order, pauses, results."""

import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from postportal.richtext.external_links import (
    Clock,
    check_urls,
    describe_result,
    forget_unused,
    urls_to_check,
)
from postportal.richtext.handlers import update_text_links
from postportal.richtext.models import ExternalLink
from tests.factories import pages
from tests.factories.answering_site import AnsweringSite, answering_site

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def page_with_links(*urls: str) -> None:
    row = pages.page(body="".join(f'<p><a href="{url}">Link</a></p>' for url in urls))
    update_text_links("pages.page", [row.pk])


def result(url: str, outcome: str = "works", *, days_ago: int = 0, **values: Any) -> ExternalLink:
    return ExternalLink.objects.create(url=url, outcome=outcome, checked_at=NOW - dt.timedelta(days=days_ago), **values)


class PretendedClock:
    """Time that passes only by waiting."""

    def __init__(self) -> None:
        self.time, self.waits = 1000.0, list[float]()

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.time += seconds

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.time, self.wait)


def check(*urls: str, sites: tuple[AnsweringSite, ...], time: PretendedClock | None = None) -> list[ExternalLink]:
    clock = (time or PretendedClock()).clock
    ports = {site.port for site in sites}
    return list(check_urls(urls, clock=clock, is_allowed=lambda address, port: port in ports))


def test_never_checked_links_come_first_then_the_oldest() -> None:
    page_with_links("https://a.example/", "https://b.example/", "https://c.example/", "https://d.example/#x", "/own/")
    result("https://a.example/", days_ago=8)
    result("https://b.example/", days_ago=9)
    result("https://c.example/", days_ago=1)
    result("https://no-text.example/")

    forgotten = forget_unused()

    since = NOW - dt.timedelta(days=7)
    assert forgotten == 1
    assert urls_to_check(not_since=since) == ["https://d.example/", "https://b.example/", "https://a.example/"]
    assert urls_to_check(not_since=since, limit=1) == ["https://d.example/"]


def test_each_answer_is_stored_in_words_with_its_day() -> None:
    with answering_site(there=(200, ""), old=(301, "/there"), closed=(403, "")) as site:
        result(f"{site.origin}/there", "no answer", days_ago=30)
        urls = [f"{site.origin}/{name}" for name in ("there", "old", "closed", "gone")]
        found = check(*urls, "http://10.0.0.1/", sites=(site,))

    day = f"{timezone.localtime(found[0].checked_at):%-d %B}"
    said = {link.url.removeprefix(site.origin): describe_result(link) for link in ExternalLink.objects.all()}
    assert said == {
        "/there": f"answered on {day}",
        "/old": f"has moved to {site.origin}/there, checked on {day}",
        "/closed": f"could not be checked on {day}",
        "/gone": f"answered with error 404 on {day}",
        "http://10.0.0.1/": f"could not be checked on {day}",
    }


def test_hosts_take_turns_and_each_rests_between_two_requests() -> None:
    time = PretendedClock()
    with answering_site(a=(200, ""), b=(200, "")) as first, answering_site(a=(200, ""), b=(200, "")) as second:
        urls = [f"{site.origin}/{name}" for site in (first, second) for name in "ab"]
        found = check(*urls, sites=(first, second), time=time)

    assert [link.url for link in found] == [urls[0], urls[2], urls[1], urls[3]]
    assert time.waits == [5.0]


def test_host_that_has_had_enough_or_never_answers_is_left_alone() -> None:
    with answering_site(a=(429, ""), b=(200, "")) as busy, answering_site(**dict.fromkeys("abcde", (0, ""))) as down:
        urls = [*(f"{busy.origin}/{name}" for name in "ab"), *(f"{down.origin}/{name}" for name in "abcde")]
        found = check(*urls, sites=(busy, down))

    assert sorted(link.url for link in found) == sorted([urls[0], *urls[2:5]])


def test_command_asks_no_private_address_and_says_what_it_found() -> None:
    with answering_site(a=(200, "")) as site:
        page_with_links(f"{site.origin}/a")
        output = StringIO()
        call_command("check_external_links", stdout=output)
        call_command("check_external_links", stdout=output)

    day = f"{timezone.localdate():%-d %B}"
    assert site.asked == []
    assert output.getvalue().splitlines() == [
        f"{site.origin}/a could not be checked on {day}",
        "Links checked: 1. cannot be checked: 1.",
        "Links checked: 0.",
    ]
    assert str(ExternalLink.objects.get()) == f"{site.origin}/a"
