"""Adding items to a release and removing them."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from news.models import Article
from postportal.pages.models import ServiceNotice
from postportal.publishing.models import Edition
from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.workflow import release_members, releases, steps
from tests.factories import editorial, forms, news, pages, services, staff
from tests.factories.releases import draft_of, launch_release, release

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2030, 3, 1, 1, 0, tzinfo=dt.UTC)
DUE = NOW + dt.timedelta(minutes=30)


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def test_items_can_be_changed_only_before_the_release_is_scheduled() -> None:
    row = launch_release(at=DUE)
    by = staff.account(is_superuser=True)

    with pytest.raises(ValidationError):
        release_members.add_to_release(row, pages.notice(publish_at=None), by=by)
    with pytest.raises(ValidationError):
        release_members.remove_from_release(row, draft_of(row))

    assert len(release_members.members(row)) == 3


def live() -> Any:
    return news.article()


def scheduled() -> Any:
    return editorial.scheduled_article(
        "S", by=staff.account("Author"), scheduled_by=staff.account("Publisher"), due_at=DUE
    )


@pytest.mark.parametrize("make", [live, scheduled, pages.notice, services.hotline, news.person])
def test_live_and_scheduled_items_cannot_be_added(make: Any) -> None:
    row = release()

    with pytest.raises(ValidationError):
        release_members.add_to_release(row, make(), by=staff.account(is_superuser=True))

    assert release_members.members(row) == []


def test_item_can_be_in_one_release_only() -> None:
    notice = pages.notice(publish_at=None)
    release("First", notice)

    with pytest.raises(ValidationError, match="“First”"):
        release("Second", notice)


def test_number_of_items_is_limited() -> None:
    row = release("", *(pages.notice(publish_at=None) for _ in range(release_members.MAX_RELEASE_ITEMS)))

    with pytest.raises(ValidationError, match="up to 50"):
        release_members.add_to_release(row, pages.notice(publish_at=None), by=staff.account(is_superuser=True))


def test_removed_item_stays_hidden() -> None:
    row = launch_release()
    for member in release_members.members(row):
        release_members.remove_from_release(row, member.item)

    assert release_members.members(row) == []
    with time_machine.travel(DUE, tick=False):
        assert "Hush" not in Client().get("/").content.decode()


def test_discarded_changes_leave_the_release() -> None:
    row = launch_release()
    letter = Article.objects.get(title="Letter rates")

    steps.perform("discard", letter, by=staff.account(is_superuser=True))

    assert len(release_members.members(row)) == 2


def test_deleting_a_release_keeps_its_items() -> None:
    row = launch_release()

    row.delete()

    assert (Edition.objects.open().count(), ServiceNotice.objects.count()) == (2, 1)
    with time_machine.travel(DUE, tick=False):
        assert "Hush" not in Client().get("/").content.decode()


def test_form_rejects_a_publication_time_for_an_item_in_a_release() -> None:
    notice = pages.notice("Hush notice", publish_at=None)
    release("Launch", notice)
    browser, address = staff.sign_in(), f"/admin/pages/servicenotice/{notice.pk}/change/"
    fields = forms.fill_form(browser, address)

    refused = browser.post(address, {**fields, "publish_at": "2030-03-01T00:00:00"})

    notice.refresh_from_db()
    assert notice.publish_at is None
    assert "This item is part of the release “Launch”." in refused.content.decode()


def test_outdated_form_does_not_hide_a_published_item() -> None:
    notice = pages.notice("Hush notice", publish_at=None)
    row = release("Launch", notice)
    browser, address = staff.sign_in(), f"/admin/pages/servicenotice/{notice.pk}/change/"
    fields = forms.fill_form(browser, address)
    releases.perform_release_step("publish", row, by=staff.account(is_superuser=True))

    refused = browser.post(address, {**fields, "text": "Hush notice, corrected", "publish_at": ""})

    notice.refresh_from_db()
    assert notice.publish_at == NOW
    assert "This item was published with the release “Launch”." in refused.content.decode()


def test_item_changed_in_a_release_stays_in_it() -> None:
    row = launch_release()
    letter = Article.objects.get(title="Letter rates")
    content = revisions.current_content(letter)
    content["fields"]["title"] = "Hush rates, again"

    revisions.record_revision(letter, content, by=staff.account("Editor"))

    assert len(release_members.members(row)) == 3
    assert snapshots.serialize(letter)["fields"]["title"] == "Letter rates"
