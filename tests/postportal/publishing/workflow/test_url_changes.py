"""Redirects from URLs that were public, and none from URLs that were not."""

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


def correct(item: Any, **fields: Any) -> None:
    """Change a live item and publish the changes."""
    content = snapshots.serialize(item)
    content["fields"] |= fields
    revisions.record_revision(item, content, by=staff.account("Publisher"))
    steps.perform("publish", item, by=staff.account(is_superuser=True), is_minor=True)
    item.refresh_from_db()


def hidden_fields(browser: Client, step: str) -> dict[str, Any]:
    """Return the hidden field of the page of a step."""
    return {"_version": browser.get(step).context["version"]}


def redirects(url: str) -> list[tuple[str, int]]:
    return Client().get(url, follow=True).redirect_chain


def test_every_former_url_redirects_to_the_current_one_directly() -> None:
    article = news.article("Night mail", standfirst="By rail.")
    first = article.get_absolute_url()
    correct(article, slug="second")
    second = article.get_absolute_url()
    correct(article, dateline_on="2021-12-09")
    third = article.get_absolute_url()

    assert [redirects(url) for url in (first, second, third)] == [[(third, 301)], [(third, 301)], []]
    correct(article, slug="night-mail", dateline_on="2021-12-08")
    assert [redirects(url) for url in (first, second, third)] == [[], [(first, 301)], [(first, 301)]]


def test_url_change_of_an_issue_includes_its_stamps_in_every_language() -> None:
    issue = services.stamp_issue(slug="old")
    services.stamp(issue, position=1)
    correct(issue, slug="new")

    for old in ("/stamps/old/", "/stamps/old/1/", "/zh-hans/stamps/old/", "/zh-hans/stamps/old/1/"):
        assert redirects(old) == [(old.replace("old", "new"), 301)]


def test_moved_stamp_redirects_to_its_new_url_and_removed_stamp_to_its_issue() -> None:
    issue = services.stamp_issue(slug="set")
    kept, gone = services.stamp(issue, position=1), services.stamp(issue, position=2)
    content = snapshots.serialize(issue)
    content["parts"]["stamps"] = [row | {"position": 3} for row in content["parts"]["stamps"] if row["pk"] == kept.pk]
    revisions.record_revision(issue, content, by=staff.account("Philatelist"))
    steps.perform("publish", issue, by=staff.account(is_superuser=True), is_minor=True)

    assert (redirects("/stamps/set/1/"), redirects(f"/stamps/set/{gone.position}/")) == (
        [("/stamps/set/3/", 301)],
        [("/stamps/set/", 301)],
    )


def test_manual_redirect_to_a_former_url_is_updated() -> None:
    page = pages.page(path="about")
    pages.redirect("/old.htm", "/about/")
    correct(page, path="company")

    assert (redirects("/old.htm"), redirects("/about/")) == ([("/company/", 301)], [("/company/", 301)])


def test_url_change_of_a_draft_creates_no_redirect() -> None:
    article = news.article("Night mail", standfirst="By rail.", state=State.DRAFT, publish_at=None)
    article.slug = "second"
    article.save()
    steps.perform("publish", article, by=staff.account(is_superuser=True))

    assert Redirect.objects.count() == 0


def test_scheduled_url_change_creates_no_redirect_before_its_time() -> None:
    article = news.article("Night mail", standfirst="By rail.")
    content = snapshots.serialize(article)
    content["fields"]["slug"] = "second"
    revisions.record_revision(article, content, by=staff.account("Editor"))
    due = timezone.now() + dt.timedelta(hours=1)
    steps.perform("schedule", article, by=staff.account(is_superuser=True), due_at=due)
    assert Redirect.objects.count() == 0

    publish_due(due)
    assert Redirect.objects.get().old_path == "/news/2021/12/08/night-mail/"


def test_form_warns_before_a_former_url_is_reused() -> None:
    page = pages.page("Company", path="about")
    correct(page, path="company")
    new = pages.page("New", path="about", state=State.DRAFT, publish_at=None)
    form = staff.sign_in().get(f"/admin/pages/page/{new.pk}/change/").text
    assert "The URL /about/ redirects to “Company”." in form

    steps.perform("publish", new, by=staff.account(is_superuser=True))
    assert (redirects("/about/"), Redirect.objects.filter(old_path="/about/").count()) == ([], 0)


@pytest.mark.parametrize("new_address", ["", "/news/"])
def test_unpublished_item_is_gone_or_redirects(new_address: str) -> None:
    article = news.article("Night mail", standfirst="By rail.")
    old = article.get_absolute_url()
    browser = staff.sign_in()
    step = f"/admin/news/article/{article.pk}/step/unpublish/"
    browser.post(step, {**hidden_fields(browser, step), "reason": "Wrong.", "new_address": new_address})

    answer = Client().get(old)
    assert (answer.status_code, answer.headers.get("Location", "")) == ((301 if new_address else 410), new_address)


@pytest.mark.parametrize("url", ["//evil.example/", "javascript:alert(1)", "/\\evil.example", "evil.example"])
def test_unpublished_item_does_not_redirect_to_an_unsafe_url(url: str) -> None:
    article = news.article("Night mail", standfirst="By rail.")
    step = f"/admin/news/article/{article.pk}/step/unpublish/"
    browser = staff.sign_in()
    answer = browser.post(step, {**hidden_fields(browser, step), "reason": "Wrong.", "new_address": url})

    article.refresh_from_db()
    assert (answer.status_code, article.state, Redirect.objects.count()) == (200, State.PUBLISHED, 0)
    assert list(answer.context["form"].errors) == ["new_address"]


def test_republished_item_with_a_new_url_is_found_at_its_former_url() -> None:
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
    assert redirects(old) == [(article.get_absolute_url(), 301)]
