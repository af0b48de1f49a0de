"""What comes into a release, what leaves it, and what happens to it meanwhile."""

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
from postportal.publishing.workflow import releases, steps
from tests.factories import editorial, forms, news, pages, services, staff
from tests.factories.releases import draft_of, launch_release, release

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2030, 3, 1, 1, 0, tzinfo=dt.UTC)
DUE = NOW + dt.timedelta(minutes=30)


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def test_items_come_and_go_only_while_it_is_in_preparation() -> None:
    row = launch_release(at=DUE)
    by = staff.account(is_superuser=True)

    with pytest.raises(ValidationError):
        releases.add_to_release(row, pages.notice(publish_at=None), by=by)
    with pytest.raises(ValidationError):
        releases.remove_from_release(row, draft_of(row))

    assert len(releases.members(row)) == 3


def live() -> Any:
    return news.article()


def scheduled() -> Any:
    return editorial.scheduled_article(
        "S", by=staff.account("Author"), scheduled_by=staff.account("Publisher"), due_at=DUE
    )


@pytest.mark.parametrize("make", [live, scheduled, pages.notice, services.hotline, news.person])
def test_what_readers_see_or_what_goes_out_by_itself_is_not_taken_in(make: Any) -> None:
    row = release()

    with pytest.raises(ValidationError):
        releases.add_to_release(row, make(), by=staff.account(is_superuser=True))

    assert releases.members(row) == []


def test_item_is_in_one_release_at_most() -> None:
    notice = pages.notice(publish_at=None)
    release("First", notice)

    with pytest.raises(ValidationError, match="“First”"):
        release("Second", notice)


def test_release_holds_so_many_items_and_no_more() -> None:
    row = release("", *(pages.notice(publish_at=None) for _ in range(releases.MAX_RELEASE_ITEMS)))

    with pytest.raises(ValidationError, match="at most 50"):
        releases.add_to_release(row, pages.notice(publish_at=None), by=staff.account(is_superuser=True))


def test_item_that_is_taken_out_stays_hidden() -> None:
    row = launch_release()
    for member in releases.members(row):
        releases.remove_from_release(row, member.item)

    assert releases.members(row) == []
    with time_machine.travel(DUE, tick=False):
        assert "Hush" not in Client().get("/").content.decode()


def test_discarded_correction_is_no_part_of_it() -> None:
    row = launch_release()
    letter = Article.objects.get(title="Letter rates")

    steps.perform("discard", letter, by=staff.account(is_superuser=True))

    assert len(releases.members(row)) == 2


def test_deleting_a_release_leaves_what_was_in_it() -> None:
    row = launch_release()

    row.delete()

    assert (Edition.objects.open().count(), ServiceNotice.objects.count()) == (2, 1)
    with time_machine.travel(DUE, tick=False):
        assert "Hush" not in Client().get("/").content.decode()


def test_form_keeps_out_of_the_way_of_the_release() -> None:
    notice = pages.notice("Hush notice", publish_at=None)
    release("Launch", notice)
    browser, address = staff.sign_in(), f"/admin/pages/servicenotice/{notice.pk}/change/"
    fields = forms.fill_form(browser, address)

    refused = browser.post(address, {**fields, "publish_at": "2030-03-01T00:00:00"})

    notice.refresh_from_db()
    assert notice.publish_at is None
    assert "It goes out with “Launch”." in refused.content.decode()


def test_form_that_was_open_while_it_went_out_does_not_hide_it() -> None:
    notice = pages.notice("Hush notice", publish_at=None)
    row = release("Launch", notice)
    browser, address = staff.sign_in(), f"/admin/pages/servicenotice/{notice.pk}/change/"
    fields = forms.fill_form(browser, address)
    releases.perform_release_step("publish", row, by=staff.account(is_superuser=True))

    refused = browser.post(address, {**fields, "text": "Hush notice, corrected", "publish_at": ""})

    notice.refresh_from_db()
    assert notice.publish_at == NOW
    assert "It went out with “Launch”." in refused.content.decode()


def test_text_saved_in_a_release_waits_with_it() -> None:
    row = launch_release()
    letter = Article.objects.get(title="Letter rates")
    content = revisions.current_content(letter)
    content["fields"]["title"] = "Hush rates, again"

    revisions.record_revision(letter, content, by=staff.account("Editor"))

    assert len(releases.members(row)) == 3
    assert snapshots.serialize(letter)["fields"]["title"] == "Letter rates"
