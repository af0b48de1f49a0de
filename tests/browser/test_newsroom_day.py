"""A day of the newsroom, hand-over by hand-over: each by the role whose work it is, and what readers see of it."""

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
    wait_until,
    write_body,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.fixture
def staff_browser(portal: str, browser: "Browser", staff: Callable[[str], Any]) -> StaffBrowser:
    return StaffBrowser(portal, browser, staff)


def test_author_writes_editor_returns_it_and_author_answers(newsroom: StaffBrowser, tmp_path: Path) -> None:
    form = submit_with_picture_and_mention(newsroom, tmp_path / "van.png")

    with newsroom.open_as("Editor", "/admin/") as editor:
        editor.get_by_role("link", name="Waiting for my review").click()
        editor.get_by_role("link", name="A van for the lake villages").first.click()
        assert "The name of the lake is checked." in editor.locator("#comments").inner_text()
        editor.click("a.step-return")
        editor.fill("#id_reason", "How long is the round?")
        editor.click("button.default")
        assert last_message(editor) == "“A van for the lake villages” is a draft again."

    with newsroom.open_as("Author", form) as author:
        assert "How long is the round?" in author.locator("#comments").inner_text()
        write_body(author, "Zhou Mei drove the first round of 48 kilometres.")
        author.fill("#id_comment_text", "48 kilometres, it stands in the text now.")
        author.click("#comments button:has-text('Comment')")
        author.wait_for_selector("#comments .part-told")
        author.click("button[value=submit]")
        assert last_message(author) == "“A van for the lake villages” waits for review."

    with newsroom.open_as("Editor", form) as editor:
        assert "48 kilometres, it stands in the text now." in editor.locator("#comments").inner_text()
        editor.click("button[value=publish]")
        public = str(editor.get_attribute(".viewsitelink", "href"))
    status, page = newsroom.fetch_as_reader(public)
    assert status == 200
    assert 'alt="A green mail van at a lake"' in page
    assert "of 48 kilometres" in page
    assert "/people/zhou-mei/" in page


def submit_with_picture_and_mention(newsroom: StaffBrowser, picture: Path) -> str:
    """Return the form of what an author has written and submitted."""
    Image.new("RGB", (900, 600), "#0b4a3a").save(picture)
    with newsroom.open_as("Author", ADD_ARTICLE) as author:
        author.fill("#id_title", "A van for the lake villages")
        write_body(author, "Zhou Mei drove the first round.")
        choose_suggestion(author, ".field-section", "Specimens")
        author.click(".field-lead_image .picture-choose")
        author.click(".ask-upload summary")
        author.set_input_files("dialog [type=file]", picture)
        author.fill("dialog [name=alt]", "A green mail van at a lake")
        author.fill("dialog [name=credit]", "Picture: Wen Hao")
        author.click(".ask-upload .default")
        author.wait_for_selector(".field-lead_image .thumbnail")
        author.click("#mentions-group .add-row a")
        choose_suggestion(author, "#mentions-0 .field-person", "Zhou Mei")
        author.fill("#id_save_note", "The name of the lake is checked.")
        author.click("button[value=submit]")
        assert last_message(author) == "“A van for the lake villages” waits for review."
        return author.url


def test_what_somebody_else_approved_goes_out_in_its_second(newsroom: StaffBrowser) -> None:
    form = newsroom.submit_article("Counter hours of the port", "The counter opens at seven.")

    with newsroom.open_as("Author", form) as author:
        assert author.locator("a.step-approve, button[value=publish], button[value=schedule]").count() == 0
    with newsroom.open_as("Editor", form) as editor:
        editor.click("a.step-approve")
        editor.click("button.default")
        assert last_message(editor) == "“Counter hours of the port” is approved."
    with newsroom.open_as("Publisher", form) as publisher:
        clock = zoneinfo.ZoneInfo(settings.TIME_ZONE)
        due = (dt.datetime.now(clock) + dt.timedelta(seconds=5)).replace(microsecond=0, tzinfo=None)
        publisher.fill("#id_step_due_at", due.isoformat())
        publisher.click("button[value=schedule]")
        assert f"{due:%H:%M:%S} Beijing time" in last_message(publisher)
        publisher.goto(f"{newsroom.portal}/admin/calendar/?view=list")
        assert publisher.get_by_role("link", name="Counter hours of the port").count() == 1
    public = f"/news/{due:%Y/%m/%d}/counter-hours-of-the-port/"

    before = newsroom.fetch_as_reader(public)[0]
    seen_at = dt.datetime.now(clock).replace(tzinfo=None)
    wait_until(lambda: newsroom.fetch_as_reader(public)[0] == 200)
    assert seen_at >= due or before == 404
    assert dt.datetime.now(clock).replace(tzinfo=None) >= due
    assert "Counter hours of the port" in newsroom.fetch_as_reader("/news/")[1]
    assert newsroom.fetch_as_reader("/search/?q=counter+hours+port")[1].count("counter-hours-of-the-port") == 1


def test_live_text_is_corrected_by_one_and_published_by_another(newsroom: StaffBrowser) -> None:
    form, public = newsroom.publish_article("Parcels to the islands", "The ferry leaves at nine.")

    with newsroom.open_as("Editor", form) as editor:
        write_body(editor, "The ferry leaves at ten.")
        editor.click("[name=_continue]")
        editor.wait_for_selector(".messagelist .info")
        editor.click("button[value=submit]")
        assert last_message(editor) == "“Parcels to the islands” waits for review."
    assert "leaves at nine" in newsroom.fetch_as_reader(public)[1]

    with newsroom.open_as("Publisher", form) as publisher:
        publisher.get_by_role("link", name="Compare it with what readers see").click()
        assert "ten" in publisher.locator("ins").first.inner_text()
        publisher.go_back()
        publisher.fill("#id_step_change_note", "The ferry leaves an hour later than we said.")
        publisher.click("button[value=publish]")
        assert last_message(publisher) == "“Parcels to the islands” is published."
    page = newsroom.fetch_as_reader(public)[1]
    assert "leaves at ten" in page
    assert "The ferry leaves an hour later than we said." in page


def test_item_is_withdrawn_shown_again_and_its_old_text_restored(newsroom: StaffBrowser) -> None:
    form, public = newsroom.publish_article("Stamps by telephone", "Order by telephone from Monday.")

    with newsroom.open_as("Publisher", form) as publisher:
        publisher.click("a.step-withdraw")
        publisher.fill("#id_reason", "The number is not connected yet.")
        publisher.click("button.default")
        assert last_message(publisher) == "“Stamps by telephone” is withdrawn. Its page says why."
    status, page = newsroom.fetch_as_reader(public)
    assert (status, "The number is not connected yet." in page) == (200, True)
    assert "stamps-by-telephone" not in newsroom.fetch_as_reader("/news/")[1]

    with newsroom.open_as("Publisher", form) as publisher:
        publisher.click("a.step-reinstate")
        publisher.click("button.default")
        assert last_message(publisher) == "“Stamps by telephone” is shown again."
        write_body(publisher, "Order by telephone from Tuesday.")
        publisher.click("[name=_continue]")
        publisher.click(".historylink")
        publisher.get_by_role("link", name="What changed").first.click()
        publisher.get_by_role("button", name="Restore version").first.click()
        assert publisher.input_value("#id_body") == "<p>Order by telephone from Monday.</p>"
    assert "The number is not connected yet." not in newsroom.fetch_as_reader(public)[1]
    assert "stamps-by-telephone" in newsroom.fetch_as_reader("/news/")[1]
