"""Work queues of the dashboard and their lists."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.models import Appointment, Handover, NameFinding, PlannedChange
from postportal.publishing.models import Comment
from postportal.publishing.versions import revisions
from postportal.publishing.workflow import assignments, proposals, proposed_rows
from postportal.publishing.workflow.comments import add_comment
from postportal.staff.work_queues import queues_for
from tests.factories import editorial, images, news, pages, services, staff

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_django]

EVERY_QUEUE = [
    *("assigned", "my-drafts", "returned-proposals", "mentions", "proposal-outcomes", "comments", "reviews"),
    *("proposals", "coming"),
    *("failed-to-publish", "releases"),
    *("failed-changes", "unreviewed", "outdated-translations", "stale", "decorative", "licences", "broken-links"),
    *("hotlines", "stray-numbers", "stamp-warnings", "incomplete-stamp-issues", "open-appointments", "equal-names"),
    *("titles-differ", "unknown-people", "proposed-mentions"),
]
# What the account proposes, and what it decides.
OWN_PROPOSALS = ("returned-proposals", "proposal-outcomes")
PROPOSAL_QUEUES = (*OWN_PROPOSALS, "proposals")
NAME_QUEUES = {"titles-differ", "unknown-people", "proposed-mentions"}
REGISTER_QUEUES = ("failed-changes", "open-appointments")
WITHOUT_ARTICLES = {*PROPOSAL_QUEUES, "hotlines", "outdated-translations", *REGISTER_QUEUES, *NAME_QUEUES}
STAMP_QUEUES = ("stamp-warnings", "incomplete-stamp-issues")


def queue_counts(browser: Client) -> dict[str, int]:
    return {entry["queue"].name: entry["count"] for entry in browser.get("/admin/").context["work_queues"]}


QUEUES_OF_ROLES = {
    "": EVERY_QUEUE,
    "Publisher": [name for name in EVERY_QUEUE if name not in OWN_PROPOSALS],
    "Editor": EVERY_QUEUE,
    "Author": [name for name in EVERY_QUEUE if name not in {"reviews", "hotlines", *STAMP_QUEUES, "proposals"}],
    "Philatelist": [n for n in EVERY_QUEUE if n not in WITHOUT_ARTICLES],
    "Service desk": [*PROPOSAL_QUEUES, "coming", "releases", "broken-links", "hotlines", "stray-numbers"],
    "Viewer": [name for name in EVERY_QUEUE if name not in {"reviews", *PROPOSAL_QUEUES}],
}


def test_queues_are_those_of_the_role() -> None:
    users = {role: staff.account(role, is_superuser=not role) for role in QUEUES_OF_ROLES}

    assert {role: list(queues_for(user)) for role, user in users.items()} == QUEUES_OF_ROLES


@pytest.mark.parametrize("role", ["", "Service desk"])
def test_home_shows_the_queues_of_the_role(role: str) -> None:
    assert list(queue_counts(staff.sign_in(role=role))) == QUEUES_OF_ROLES[role]


def test_account_without_role_has_no_queues() -> None:
    browser = staff.sign_in(staff.account())

    assert queue_counts(browser) == {}
    assert [browser.get(f"/admin/waiting/{name}/").status_code for name in EVERY_QUEUE] == [404] * len(EVERY_QUEUE)


def make_items(me: User) -> None:
    """Make one item for every queue, also for those of the account."""
    writer, publisher = staff.account("Editor"), staff.account("Publisher")
    picture = images.image("", is_decorative=True)
    broken_link = '<p><a href="/no-such-page/">Timetable</a></p>'
    day = timezone.localdate()
    waiting = editorial.submitted_article(f"Night mail {picture.pk}", by=writer)
    assignments.assign(waiting, me, due_on=day, by=publisher, at=timezone.now())
    edition = revisions.open_edition(waiting)
    add_comment(Comment.Kind.REMARK, waiting, edition, by=writer, at=timezone.now(), text="See this.", mentioned=[me])
    editorial.scheduled_article(f"Second train {picture.pk}", by=writer, scheduled_by=publisher)
    editorial.forced_article(f"Snow {picture.pk}", by=publisher)
    news.article(lead_image=picture, body=broken_link, review_on=day)
    pages.page(review_on=day, body=broken_link, expire_at=timezone.now() + dt.timedelta(days=2))
    services.stamp(services.stamp_issue(), image=picture)
    services.stamp_issue(review_on=day, publish_at=timezone.now() + dt.timedelta(days=1))
    services.hotline()
    propose_items(me, by=writer)
    news.appointment(publish_at=timezone.now() + dt.timedelta(days=1))
    Handover.objects.filter(pk=news.handover().pk).update(due_at=None, failure="Nobody leaves.")
    PlannedChange.objects.filter(pk=news.planned_change().pk).update(due_at=None, failure="Nobody leaves.")
    news.appointment(position=news.position(organization=news.organization(dissolved_on=dt.date(2007, 1, 1))))
    person = news.person("Zhang", "Wei", slug=f"zhang-{news.person().pk}")
    for kind, owner in (("title", person), ("unknown", None), ("mention", person)):
        NameFinding.objects.create(article=news.article(), kind=kind, person=owner, name="Zhang Wei", title="Director")


def propose_items(me: User, *, by: User) -> None:
    """Make a proposal of a new row and one of changes by somebody else, and one of the account that was declined."""
    appointment = news.appointment()
    row = proposed_rows.row_with(Appointment, proposed_rows.new_key(), proposed_rows.full_content(appointment))
    proposals.propose(row, proposed_rows.full_content(appointment), by=by)
    propose_label(appointment, by=by)
    declined = news.appointment()
    propose_label(declined, by=me)
    proposals.decline(declined, by=by, seen=proposals.mark_of(declined), note="It is an acting one.")


def propose_label(row: Appointment, *, by: User) -> None:
    content = proposals.proposed_content(row, None)
    proposals.propose(row, {**content, "fields": {**content["fields"], "label": "Chief"}}, by=by)


def count_queries(browser: Client, url: str) -> int:
    browser.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(url).status_code == 200
    return len(queries)


QUERIES = {
    # Among them one for the next seven days, and four for the titles of four kinds of rows.
    "/admin/": 13,
    "/admin/waiting/assigned/": 8,
    "/admin/waiting/my-drafts/": 7,
    "/admin/waiting/mentions/": 8,
    "/admin/waiting/proposals/": 14,
    "/admin/waiting/proposal-outcomes/": 6,
    "/admin/waiting/comments/": 7,
    "/admin/waiting/reviews/": 8,
    "/admin/waiting/failed-to-publish/": 7,
    "/admin/waiting/releases/": 5,
    "/admin/waiting/unreviewed/": 8,
    "/admin/waiting/stale/": 7,
    "/admin/waiting/decorative/": 12,
    "/admin/waiting/broken-links/": 15,
    "/admin/waiting/hotlines/": 5,
    "/admin/waiting/failed-changes/": 6,
    "/admin/waiting/open-appointments/": 5,
    "/admin/waiting/equal-names/": 5,
    "/admin/waiting/titles-differ/": 5,
    "/admin/waiting/unknown-people/": 5,
    "/admin/waiting/proposed-mentions/": 5,
    "/admin/calendar/": 19,
    "/admin/calendar/?view=week": 19,
    "/admin/calendar/?view=list": 19,
    "/admin/find/?q=night": 16,
    "/admin/find/suggestions/?q=night": 15,
}


def test_query_count_does_not_depend_on_the_number_of_items(django_capture_on_commit_callbacks: Any) -> None:
    me = staff.account(is_superuser=True)
    browser = staff.sign_in(me)
    with django_capture_on_commit_callbacks(execute=True):
        make_items(me)
    with_one = {url: count_queries(browser, url) for url in QUERIES}
    with django_capture_on_commit_callbacks(execute=True):
        make_items(me)
    with_two = {url: count_queries(browser, url) for url in QUERIES}

    assert (with_one, with_two) == (QUERIES, QUERIES)
