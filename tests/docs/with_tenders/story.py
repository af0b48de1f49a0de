"""The example app in a portal that has it installed. tests/docs/test_add_a_content_type.py runs these tests, together
with those that ask every content type to be complete, in a process with settings of its own."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from postportal.publishing.models import State
from postportal.publishing.workflow import steps
from postportal.staff.permissions import change_url
from tests.docs.tenders.models import Tender
from tests.factories import forms, public_items, staff
from tests.postportal.publishing import test_every_public_object as every_public_object
from tests.postportal.staff import test_all_lists as all_lists
from tests.test_content_types import EXEMPT, FEEDS

pytestmark = pytest.mark.django_db

LABEL = "tenders.tender"
LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
ONE_HOUR = dt.timedelta(hours=1)
TENDER = {
    "title": "Forty mail vans for the mountain routes",
    "slug": "forty-mail-vans",
    "closes_on": "2030-06-30",
    "standfirst": "Yunhai Post invites offers.",
    "body": "<p>The vans climb a gradient of one in five.</p>",
}
PLACES = {
    "page": "/tenders/forty-mail-vans/",
    "list": "/tenders/",
    "Atom feed": "/feeds/tenders.atom",
    "RSS feed": "/feeds/tenders.rss",
    "search": "/search/?q=gradient",
    "API": "/api/search?q=gradient&type=tender",
    "sitemap": "/sitemap-tenders.xml",
}


def tender(title: str = TENDER["title"], **fields: Any) -> Tender:
    fields = {**TENDER, "state": State.PUBLISHED, "publish_at": LONG_AGO, "title": title, **fields}
    return Tender.objects.create(**fields)


# The tables of the tests that a content type is added to.
public_items.FACTORIES[LABEL] = lambda name, slug, **fields: tender(name, slug=slug, **fields)
all_lists.FACTORIES[LABEL] = lambda number: tender(slug=f"tender-{number}")
FEEDS.append("tenders:feed")
EXEMPT[LABEL] = {"demo": "The example is not part of the portal that the demo shows."}
every_public_object.ITEM_ROUTES["tenders:tender"] = (LABEL, every_public_object.by_slug)
every_public_object.LIST_ROUTES["tenders:feed"] = [{"feed_format": name} for name in ("atom", "rss")]


def places_showing(slug: str = TENDER["slug"]) -> set[str]:
    """Return the places where a reader finds the tender."""
    answers = {name: Client().get(url) for name, url in PLACES.items()}
    return {name for name, answer in answers.items() if answer.status_code == 200 and slug in answer.text}


def save(browser: Client, url: str, **changes: Any) -> Any:
    answer = browser.post(url, forms.fill_form(browser, url, **changes), follow=True)
    assert answer.redirect_chain, answer.context["errors"]
    return answer


def test_tender_is_written_reviewed_and_published() -> None:
    author, publisher = staff.sign_in(role="Author"), staff.sign_in(role="Publisher")
    seen = {}

    save(author, reverse("admin:tenders_tender_add"), **TENDER)
    row = Tender.objects.get()
    seen["draft"] = places_showing()
    save(author, change_url(row), _step="submit")
    seen["in review"] = places_showing()
    save(publisher, change_url(row), _step="publish")
    seen["published"] = places_showing()

    assert seen == {"draft": set(), "in review": set(), "published": set(PLACES)}


def test_author_cannot_publish() -> None:
    author = staff.account("Author")
    row = tender(state=State.DRAFT, publish_at=None, created_by=author)

    page = staff.sign_in(author).get(change_url(row))

    assert list(page.context["form_steps"]) == ["submit"]


def test_scheduled_tender_appears_at_its_time() -> None:
    due_at = timezone.now() + ONE_HOUR
    row = tender(state=State.DRAFT, publish_at=None)
    steps.perform("submit", row, by=staff.account("Author"))

    save(staff.sign_in(role="Publisher"), change_url(row), _step="schedule", due_at=timezone.localtime(due_at))
    before = places_showing()
    with time_machine.travel(due_at + dt.timedelta(minutes=1), tick=False):
        after = places_showing()

    assert (before, after) == (set(), set(PLACES))


def test_tender_under_embargo_is_nowhere() -> None:
    tender(publish_at=timezone.now() + ONE_HOUR)

    assert places_showing() == set()


def test_withdrawn_tender_keeps_its_page_with_a_notice() -> None:
    row = tender()
    url = reverse("admin:tenders_tender_step", args=[row.pk, "withdraw"])

    staff.sign_in(role="Publisher").post(url, {"reason": "The route is closed.", "_version": 0})

    assert places_showing() == {"page"}
    assert "The route is closed." in Client().get(row.get_absolute_url()).text


def test_readers_see_a_correction_once_it_is_published() -> None:
    row, editor = tender(), staff.sign_in(role="Editor")

    save(editor, change_url(row), title="Fifty mail vans")
    before = Client().get(row.get_absolute_url()).text
    save(staff.sign_in(role="Publisher"), change_url(row), _step="publish", change_note="Ten more.")
    after = Client().get(row.get_absolute_url()).text

    assert ("Fifty" in before, "Fifty" in after, "Ten more." in after) == (False, True, True)


def test_unsaved_tender_can_be_previewed() -> None:
    browser, url = staff.sign_in(role="Author"), reverse("admin:tenders_tender_add")

    page = browser.post(reverse("admin:tenders_tender_preview_new"), forms.fill_form(browser, url, body="<p>Vans</p>"))

    assert (page.status_code, "<p>Vans</p>" in page.text) == (200, True)


def test_translations_name_each_other() -> None:
    row = tender()
    tender("四十辆邮车", language="zh-hans", translation_of=row)

    pages = [Client().get(f"{prefix}/tenders/forty-mail-vans/").text for prefix in ("", "/zh-hans")]

    assert ['hreflang="zh-Hans"' in pages[0], 'hreflang="en"' in pages[1]] == [True, True]
    assert Client().get("/zh-hans/tenders/").text.count("四十辆邮车") == 1


@pytest.mark.parametrize("url", ["/tenders/", "/feeds/tenders.atom", "/sitemap-tenders.xml"])
def test_list_takes_the_same_queries_for_one_row_and_many(url: str) -> None:
    browser = staff.sign_in()
    tender(slug="van-0")
    count_queries(browser, url)
    few = count_queries(browser, url)
    for number in range(1, 30):
        tender(slug=f"van-{number}")

    assert count_queries(browser, url) == few


def count_queries(browser: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(url).status_code == 200
    return len(queries)


def test_migration_makes_the_table_of_the_model() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
