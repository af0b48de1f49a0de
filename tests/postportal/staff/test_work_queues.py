"""What waits, counted for whoever looks."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import editorial, images, news, pages, services, staff

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_django]

EVERY_BOX = [
    *("my-drafts", "comments", "reviews", "coming", "did-not-go-out", "releases", "unreviewed", "stale"),
    *("decorative", "broken-links", "hotlines"),
]


def queue_counts(browser: Client) -> dict[str, int]:
    return {entry["box"].name: entry["count"] for entry in browser.get("/admin/").context["waiting"]}


@pytest.mark.parametrize(
    ("role", "names"),
    [
        ("", EVERY_BOX),
        ("Publisher", EVERY_BOX),
        ("Editor", EVERY_BOX),
        ("Author", [name for name in EVERY_BOX if name not in {"reviews", "hotlines"}]),
        ("Philatelist", [name for name in EVERY_BOX if name != "hotlines"]),
        ("Service desk", ["coming", "releases", "broken-links", "hotlines"]),
        ("Viewer", [name for name in EVERY_BOX if name != "reviews"]),
    ],
)
def test_home_counts_what_concerns_the_role(role: str, names: list[str]) -> None:
    assert list(queue_counts(staff.sign_in(role=role))) == names


def test_newcomer_sees_no_box_and_opens_none() -> None:
    browser = staff.sign_in(staff.account())

    assert queue_counts(browser) == {}
    assert [browser.get(f"/admin/waiting/{name}/").status_code for name in EVERY_BOX] == [404] * 11


def test_lists_are_for_staff_who_have_signed_in(client: Client) -> None:
    addresses = ["/admin/waiting/stale/", "/admin/calendar/", "/admin/find/", "/admin/find/suggestions/"]

    assert [client.get(address).status_code for address in addresses] == [302] * 4


def test_unknown_box_is_not_found() -> None:
    assert staff.sign_in().get("/admin/waiting/nothing/").status_code == 404


def test_box_with_a_page_of_its_own_leads_there() -> None:
    assert staff.sign_in().get("/admin/waiting/coming/")["Location"] == "/admin/calendar/"


def make_items() -> None:
    """One of everything that can wait."""
    writer, publisher = staff.account("Editor"), staff.account("Publisher")
    picture = images.image("", is_decorative=True)
    gone = '<p><a href="/no-such-page/">Timetable</a></p>'
    day = timezone.localdate()
    editorial.submitted_article(f"Night mail {picture.pk}", by=writer)
    editorial.scheduled_article(f"Second train {picture.pk}", by=writer, scheduled_by=publisher)
    editorial.forced_article(f"Snow {picture.pk}", by=publisher)
    news.article(lead_image=picture, body=gone, review_on=day)
    pages.page(review_on=day, body=gone, expire_at=timezone.now() + dt.timedelta(days=2))
    services.stamp(services.stamp_issue(), image=picture)
    services.stamp_issue(review_on=day, publish_at=timezone.now() + dt.timedelta(days=1))
    services.hotline()
    news.appointment(publish_at=timezone.now() + dt.timedelta(days=1))


def count_queries(browser: Client, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/admin/", 7),
        ("/admin/waiting/my-drafts/", 7),
        ("/admin/waiting/comments/", 7),
        ("/admin/waiting/reviews/", 8),
        ("/admin/waiting/did-not-go-out/", 7),
        ("/admin/waiting/releases/", 5),
        ("/admin/waiting/unreviewed/", 8),
        ("/admin/waiting/stale/", 7),
        ("/admin/waiting/decorative/", 10),
        ("/admin/waiting/broken-links/", 14),
        ("/admin/waiting/hotlines/", 5),
        ("/admin/calendar/", 16),
        ("/admin/calendar/?view=week", 16),
        ("/admin/calendar/?view=list", 16),
        ("/admin/find/?q=night", 11),
        ("/admin/find/suggestions/?q=night", 10),
    ],
)
def test_number_of_queries_does_not_grow_with_what_waits(
    address: str, expected: int, django_capture_on_commit_callbacks: object
) -> None:
    browser = staff.sign_in()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        make_items()
    one = count_queries(browser, address)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        make_items()
        make_items()

    assert (one, count_queries(browser, address)) == (expected, expected)


def test_every_line_leads_to_the_form_where_it_is_put_right() -> None:
    day = timezone.localdate() - dt.timedelta(days=1)
    article = news.article("Night <mail>", review_on=day)

    page = staff.sign_in(role="Editor").get("/admin/waiting/stale/")

    assert [(entry.text, entry.address) for entry in page.context["entries"]] == [
        ("Night <mail>", f"/admin/news/article/{article.pk}/change/")
    ]
    assert "<strong>Night &lt;mail&gt;</strong>" in page.content.decode()


def test_empty_box_says_so() -> None:
    assert "Nothing waits here." in staff.sign_in().get("/admin/waiting/stale/").content.decode()
