"""Addresses that were public lead on; those that never were leave nothing behind."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from postportal.pages.models import Redirect
from postportal.publishing.models import State
from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.workflow import steps
from postportal.publishing.workflow.due import publish_due
from tests.factories import news, pages, services, staff

pytestmark = pytest.mark.django_db


def corrected(item: Any, **fields: Any) -> None:
    """Correct a live item and publish that."""
    content = snapshots.serialize(item)
    content["fields"] |= fields
    revisions.record_revision(item, content, by=staff.account("Publisher"))
    steps.perform("publish", item, by=staff.account(is_superuser=True), is_minor=True)
    item.refresh_from_db()


def shown(browser: Client, step: str) -> dict[str, Any]:
    """What the page of a step sends back by itself."""
    return {"_version": browser.get(step).context["version"]}


def way(address: str) -> list[tuple[str, int]]:
    return Client().get(address, follow=True).redirect_chain


def test_every_earlier_address_leads_to_the_newest_in_one_step() -> None:
    article = news.article("Night mail", standfirst="By rail.")
    first = article.get_absolute_url()
    corrected(article, slug="second")
    second = article.get_absolute_url()
    corrected(article, dateline_on="2021-12-09")
    third = article.get_absolute_url()

    assert [way(address) for address in (first, second, third)] == [[(third, 301)], [(third, 301)], []]
    corrected(article, slug="night-mail", dateline_on="2021-12-08")
    assert [way(address) for address in (first, second, third)] == [[], [(first, 301)], [(first, 301)]]


def test_issue_takes_its_stamps_along_in_every_language() -> None:
    issue = services.stamp_issue(slug="old")
    services.stamp(issue, position=1)
    corrected(issue, slug="new")

    for old in ("/stamps/old/", "/stamps/old/1/", "/zh-hans/stamps/old/", "/zh-hans/stamps/old/1/"):
        assert way(old) == [(old.replace("old", "new"), 301)]


def test_stamp_that_changes_places_is_followed_and_one_that_goes_leads_to_its_issue() -> None:
    issue = services.stamp_issue(slug="set")
    kept, gone = services.stamp(issue, position=1), services.stamp(issue, position=2)
    content = snapshots.serialize(issue)
    content["parts"]["stamps"] = [row | {"position": 3} for row in content["parts"]["stamps"] if row["pk"] == kept.pk]
    revisions.record_revision(issue, content, by=staff.account("Philatelist"))
    steps.perform("publish", issue, by=staff.account(is_superuser=True), is_minor=True)

    assert (way("/stamps/set/1/"), way(f"/stamps/set/{gone.position}/")) == (
        [("/stamps/set/3/", 301)],
        [("/stamps/set/", 301)],
    )


def test_typed_redirect_to_a_left_address_is_flattened() -> None:
    page = pages.page(path="about")
    pages.redirect("/old.htm", "/about/")
    corrected(page, path="company")

    assert (way("/old.htm"), way("/about/")) == ([("/company/", 301)], [("/company/", 301)])


def test_addresses_of_a_draft_leave_no_litter() -> None:
    article = news.article("Night mail", standfirst="By rail.", state=State.DRAFT, publish_at=None)
    article.slug = "second"
    article.save()
    steps.perform("publish", article, by=staff.account(is_superuser=True))

    assert Redirect.objects.count() == 0


def test_correction_under_embargo_moves_nothing_before_its_moment() -> None:
    article = news.article("Night mail", standfirst="By rail.")
    content = snapshots.serialize(article)
    content["fields"]["slug"] = "second"
    revisions.record_revision(article, content, by=staff.account("Editor"))
    due = timezone.now() + dt.timedelta(hours=1)
    steps.perform("schedule", article, by=staff.account(is_superuser=True), due_at=due)
    assert Redirect.objects.count() == 0

    publish_due(due)
    assert Redirect.objects.get().old_path == "/news/2021/12/08/night-mail/"


def test_freed_address_is_taken_knowingly() -> None:
    page = pages.page("Company", path="about")
    corrected(page, path="company")
    new = pages.page("New", path="about", state=State.DRAFT, publish_at=None)
    form = staff.sign_in().get(f"/admin/pages/page/{new.pk}/change/").text
    assert "The address /about/ led to “Company” until now." in form

    steps.perform("publish", new, by=staff.account(is_superuser=True))
    assert (way("/about/"), Redirect.objects.filter(old_path="/about/").count()) == ([], 0)


@pytest.mark.parametrize("new_address", ["", "/news/"])
def test_unpublished_item_says_so_or_leads_where_its_publisher_said(new_address: str) -> None:
    article = news.article("Night mail", standfirst="By rail.")
    old = article.get_absolute_url()
    browser = staff.sign_in()
    step = f"/admin/news/article/{article.pk}/step/unpublish/"
    browser.post(step, {**shown(browser, step), "reason": "Wrong.", "new_address": new_address})

    answer = Client().get(old)
    assert (answer.status_code, answer.headers.get("Location", "")) == ((301 if new_address else 410), new_address)


@pytest.mark.parametrize("address", ["//evil.example/", "javascript:alert(1)", "/\\evil.example", "evil.example"])
def test_unpublished_item_leads_nowhere_unsafe(address: str) -> None:
    article = news.article("Night mail", standfirst="By rail.")
    step = f"/admin/news/article/{article.pk}/step/unpublish/"
    browser = staff.sign_in()
    answer = browser.post(step, {**shown(browser, step), "reason": "Wrong.", "new_address": address})

    article.refresh_from_db()
    assert (answer.status_code, article.state, Redirect.objects.count()) == (200, State.PUBLISHED, 0)
    assert list(answer.context["form"].errors) == ["new_address"]


def test_unpublished_item_that_comes_back_elsewhere_is_found_from_its_old_address() -> None:
    article = news.article("Night mail", standfirst="By rail.")
    old = article.get_absolute_url()
    steps.perform("unpublish", article, by=staff.account(is_superuser=True), reason="Wrong.")
    article.refresh_from_db()
    content = snapshots.serialize(article)
    content["fields"]["slug"] = "second"
    snapshots.apply_content(article, content)
    revisions.record_revision(article, snapshots.serialize(article), by=staff.account("Editor"))
    assert Client().get(old).status_code == 410

    steps.perform("publish", article, by=staff.account(is_superuser=True), is_minor=True)
    article.refresh_from_db()
    assert way(old) == [(article.get_absolute_url(), 301)]
