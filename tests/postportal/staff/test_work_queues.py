"""Work queues of the dashboard and their lists."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.models import Handover, PlannedChange
from tests.factories import editorial, images, news, pages, services, staff

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_django]

EVERY_QUEUE = [
    *("my-drafts", "comments", "reviews", "coming", "failed-to-publish", "releases"),
    *("failed-changes", "unreviewed", "outdated-translations", "stale", "decorative", "licences", "broken-links"),
    *("hotlines", "stray-numbers", "stamp-warnings", "incomplete-stamp-issues", "open-appointments", "equal-names"),
]
REGISTER_QUEUES = ("failed-changes", "open-appointments")
STAMP_QUEUES = ("stamp-warnings", "incomplete-stamp-issues")


def queue_counts(browser: Client) -> dict[str, int]:
    return {entry["queue"].name: entry["count"] for entry in browser.get("/admin/").context["work_queues"]}


@pytest.mark.parametrize(
    ("role", "names"),
    [
        ("", EVERY_QUEUE),
        ("Publisher", EVERY_QUEUE),
        ("Editor", EVERY_QUEUE),
        ("Author", [name for name in EVERY_QUEUE if name not in {"reviews", "hotlines", *STAMP_QUEUES}]),
        ("Philatelist", [n for n in EVERY_QUEUE if n not in {"hotlines", "outdated-translations", *REGISTER_QUEUES}]),
        ("Service desk", ["coming", "releases", "broken-links", "hotlines", "stray-numbers"]),
        ("Viewer", [name for name in EVERY_QUEUE if name != "reviews"]),
    ],
)
def test_home_shows_the_queues_of_the_role(role: str, names: list[str]) -> None:
    assert list(queue_counts(staff.sign_in(role=role))) == names


def test_account_without_role_has_no_queues() -> None:
    browser = staff.sign_in(staff.account())

    assert queue_counts(browser) == {}
    assert [browser.get(f"/admin/waiting/{name}/").status_code for name in EVERY_QUEUE] == [404] * len(EVERY_QUEUE)


def make_items() -> None:
    """Make one item for every queue."""
    writer, publisher = staff.account("Editor"), staff.account("Publisher")
    picture = images.image("", is_decorative=True)
    broken_link = '<p><a href="/no-such-page/">Timetable</a></p>'
    day = timezone.localdate()
    editorial.submitted_article(f"Night mail {picture.pk}", by=writer)
    editorial.scheduled_article(f"Second train {picture.pk}", by=writer, scheduled_by=publisher)
    editorial.forced_article(f"Snow {picture.pk}", by=publisher)
    news.article(lead_image=picture, body=broken_link, review_on=day)
    pages.page(review_on=day, body=broken_link, expire_at=timezone.now() + dt.timedelta(days=2))
    services.stamp(services.stamp_issue(), image=picture)
    services.stamp_issue(review_on=day, publish_at=timezone.now() + dt.timedelta(days=1))
    services.hotline()
    news.appointment(publish_at=timezone.now() + dt.timedelta(days=1))
    Handover.objects.filter(pk=news.handover().pk).update(due_at=None, failure="Nobody leaves.")
    PlannedChange.objects.filter(pk=news.planned_change().pk).update(due_at=None, failure="Nobody leaves.")
    news.appointment(position=news.position(organization=news.organization(dissolved_on=dt.date(2007, 1, 1))))
    news.person("Zhang", "Wei", slug=f"zhang-{news.person().pk}")


def count_queries(browser: Client, url: str) -> int:
    browser.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/admin/", 8),
        ("/admin/waiting/my-drafts/", 7),
        ("/admin/waiting/comments/", 7),
        ("/admin/waiting/reviews/", 8),
        ("/admin/waiting/failed-to-publish/", 7),
        ("/admin/waiting/releases/", 5),
        ("/admin/waiting/unreviewed/", 8),
        ("/admin/waiting/stale/", 7),
        ("/admin/waiting/decorative/", 11),
        ("/admin/waiting/broken-links/", 15),
        ("/admin/waiting/hotlines/", 5),
        ("/admin/waiting/failed-changes/", 6),
        ("/admin/waiting/open-appointments/", 5),
        ("/admin/waiting/equal-names/", 5),
        ("/admin/calendar/", 19),
        ("/admin/calendar/?view=week", 19),
        ("/admin/calendar/?view=list", 19),
        ("/admin/find/?q=night", 16),
        ("/admin/find/suggestions/?q=night", 15),
    ],
)
def test_query_count_does_not_depend_on_the_number_of_items(
    url: str, expected: int, django_capture_on_commit_callbacks: object
) -> None:
    browser = staff.sign_in()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        make_items()
    one = count_queries(browser, url)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        make_items()
        make_items()

    assert (one, count_queries(browser, url)) == (expected, expected)
