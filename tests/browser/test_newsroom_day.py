"""A day in the newsroom: each step is done by the account of the right role, and checked as a reader."""

import datetime as dt
import zoneinfo
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from PIL import Image

from tests.browser.staff_browser import (
    ADD_ARTICLE,
    StaffBrowser,
    choose_suggestion,
    last_message,
    open_menu,
    open_part,
    wait_until,
    write_body,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.fixture
def staff_browser(portal: str, browser: "Browser", role_state: Callable[[str], Any]) -> StaffBrowser:
    return StaffBrowser(portal, browser, role_state)


def test_editor_returns_an_article_and_author_revises_it(staff_browser: StaffBrowser, tmp_path: Path) -> None:
    form = submit_with_picture_and_mention(staff_browser, tmp_path / "van.png")

    with staff_browser.open_as("Editor", "/admin/") as editor:
        editor.get_by_role("link", name="Waiting for my review").click()
        editor.get_by_role("link", name="A van for the lake villages").first.click()
        assert "The name of the lake is checked." in str(editor.locator("#comments").text_content())
        open_menu(editor)
        editor.click("a.step-return")
        editor.fill("#id_reason", "How long is the round?")
        editor.click("button.default")
        assert last_message(editor) == "“A van for the lake villages” was returned to the writer."

    with staff_browser.open_as("Author", form) as author:
        assert "How long is the round?" in str(author.locator("#comments").text_content())
        write_body(author, "Zhou Mei drove the first round of 48 kilometres.")
        open_part(author, "comments")
        author.fill("#id_comment_text", "48 kilometres. It is in the text now.")
        author.click("#comments button:has-text('Add comment')")
        author.wait_for_selector("#comments .panel-message")
        author.click("button[value=submit]")
        assert last_message(author) == "“A van for the lake villages” was submitted for review."

    with staff_browser.open_as("Editor", form) as editor:
        assert "48 kilometres. It is in the text now." in str(editor.locator("#comments").text_content())
        editor.click("button[value=publish]")
        public = str(editor.get_attribute(".viewsitelink", "href"))
    status, page = staff_browser.fetch_as_reader(public)
    assert status == 200
    assert 'alt="A green mail van at a lake"' in page
    assert "of 48 kilometres" in page
    assert "/people/zhou-mei/" in page


def submit_with_picture_and_mention(staff_browser: StaffBrowser, picture: Path) -> str:
    """Submit an article with a picture and a mention as the author, and return the URL of its form."""
    Image.new("RGB", (900, 600), "#0b4a3a").save(picture)
    with staff_browser.open_as("Author", ADD_ARTICLE) as author:
        author.fill("#id_title", "A van for the lake villages")
        write_body(author, "Zhou Mei drove the first round.")
        choose_suggestion(author, ".field-section", "Specimens")
        author.click(".field-lead_image .picture-choose")
        author.click(".dialog-upload summary")
        author.set_input_files("dialog [type=file]", picture)
        author.fill("dialog [name=alt]", "A green mail van at a lake")
        author.fill("dialog [name=credit]", "Picture: Wen Hao")
        author.click(".dialog-upload .default")
        author.wait_for_selector(".field-lead_image .thumbnail")
        author.click("#mentions-group .add-row a")
        choose_suggestion(author, "#mentions-0 .field-person", "Zhou Mei")
        author.fill("#id_save_note", "The name of the lake is checked.")
        author.click("button[value=submit]")
        assert last_message(author) == "“A van for the lake villages” was submitted for review."
        return author.url


def test_approved_article_is_published_at_the_scheduled_second(staff_browser: StaffBrowser) -> None:
    form = staff_browser.submit_article("Counter hours of the port", "The counter opens at seven.")

    with staff_browser.open_as("Author", form) as author:
        assert author.locator("a.step-approve, button[value=publish], button[value=schedule]").count() == 0
    with staff_browser.open_as("Editor", form) as editor:
        open_menu(editor)
        editor.click("a.step-approve")
        editor.click("button.default")
        assert last_message(editor) == "“Counter hours of the port” was approved."
    with staff_browser.open_as("Publisher", form) as publisher:
        clock = zoneinfo.ZoneInfo(settings.TIME_ZONE)
        due = (dt.datetime.now(clock) + dt.timedelta(seconds=10)).replace(microsecond=0, tzinfo=None)
        open_menu(publisher)
        publisher.fill("#id_step_due_at", due.isoformat())
        publisher.click(".bar-menu button[value=schedule]")
        shown = f"{due:%H:%M:%S}".removesuffix(":00")  # A full minute is shown without seconds.
        assert f"{shown} Beijing time" in last_message(publisher)
        publisher.goto(f"{staff_browser.portal}/admin/calendar/?view=list")
        assert publisher.get_by_role("link", name="Counter hours of the port").count() == 1
    public = f"/news/{due:%Y/%m/%d}/counter-hours-of-the-port/"

    before = staff_browser.fetch_as_reader(public)[0]
    checked_at = dt.datetime.now(clock).replace(tzinfo=None)
    wait_until(lambda: staff_browser.fetch_as_reader(public)[0] == 200)
    assert checked_at >= due or before == 404
    assert dt.datetime.now(clock).replace(tzinfo=None) >= due
    assert "Counter hours of the port" in staff_browser.fetch_as_reader("/news/")[1]
    assert staff_browser.fetch_as_reader("/search/?q=counter+hours+port")[1].count("counter-hours-of-the-port") == 1


def test_live_article_is_corrected_by_one_person_and_published_by_another(staff_browser: StaffBrowser) -> None:
    form, public = staff_browser.publish_article("Parcels to the islands", "The ferry leaves at nine.")

    with staff_browser.open_as("Editor", form) as editor:
        write_body(editor, "The ferry leaves at ten.")
        editor.click("button[value=submit]")
        assert last_message(editor) == "“Parcels to the islands” was submitted for review."
    assert "leaves at nine" in staff_browser.fetch_as_reader(public)[1]

    with staff_browser.open_as("Publisher", form) as publisher:
        open_part(publisher, "status")
        publisher.get_by_role("link", name="Compare with the live version").click()
        assert "ten" in publisher.locator("ins").first.inner_text()
        publisher.go_back()
        publisher.fill("#id_step_change_note", "The ferry leaves an hour later than we said.")
        publisher.click("button[value=publish]")
        assert last_message(publisher) == "“Parcels to the islands” was published."
    page = staff_browser.fetch_as_reader(public)[1]
    assert "leaves at ten" in page
    assert "The ferry leaves an hour later than we said." in page


def test_article_is_withdrawn_reinstated_and_restored(staff_browser: StaffBrowser) -> None:
    form, public = staff_browser.publish_article("Stamps by telephone", "Order by telephone from Monday.")

    with staff_browser.open_as("Publisher", form) as publisher:
        open_menu(publisher)
        publisher.click("a.step-withdraw")
        publisher.fill("#id_reason", "The number is not connected yet.")
        publisher.click("button.default")
        assert last_message(publisher) == "“Stamps by telephone” was withdrawn. Its page shows your reason."
    status, page = staff_browser.fetch_as_reader(public)
    assert (status, "The number is not connected yet." in page) == (200, True)
    assert "stamps-by-telephone" not in staff_browser.fetch_as_reader("/news/")[1]

    with staff_browser.open_as("Publisher", form) as publisher:
        open_menu(publisher)
        publisher.click("a.step-reinstate")
        publisher.click("button.default")
        assert last_message(publisher) == "“Stamps by telephone” was reinstated."
        write_body(publisher, "Order by telephone from Tuesday.")
        publisher.click(".action-bar [name=_continue]")
        open_part(publisher, "history")
        publisher.click(".historylink")
        publisher.get_by_role("link", name="View changes").first.click()
        publisher.get_by_role("button", name="Restore version").first.click()
        assert publisher.input_value("#id_body") == "<p>Order by telephone from Monday.</p>"
    assert "The number is not connected yet." not in staff_browser.fetch_as_reader(public)[1]
    assert "stamps-by-telephone" in staff_browser.fetch_as_reader("/news/")[1]
