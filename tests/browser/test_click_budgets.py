"""Numbers of clicks for everyday work. A choice, a submit and typing into one field count as clicks."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from tests.browser.page_checks import find_axe_violations, horizontal_overflow, open_page
from tests.browser.staff_browser import ADD_ARTICLE, StaffBrowser, choose_suggestion, last_message

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


class ClickCounter:
    """A page on which clicks are counted."""

    def __init__(self, page: "Page") -> None:
        self.page, self.count = page, 0

    def click(self, selector: str) -> None:
        self.count += 1
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()

    def type(self, selector: str, text: str) -> None:
        self.count += 1
        self.page.click(selector)
        self.page.keyboard.type(text)

    def drop(self, selector: str, *files: Path) -> None:
        self.count += 1
        self.page.set_input_files(selector, [str(file) for file in files])


@pytest.fixture
def staff_browser(portal: str, browser: "Browser", role_state: Callable[[str], Any]) -> StaffBrowser:
    return StaffBrowser(portal, browser, role_state)


def make_pictures(folder: Path, count: int) -> list[Path]:
    files = [folder / f"4-{number}.png" for number in range(1, count + 1)]
    for number, file in enumerate(files):
        Image.new("RGB", (400, 300), (40 * number, 90, 60)).save(file)
    return files


def test_draft_is_written_and_saved_with_three_clicks(staff_browser: StaffBrowser) -> None:
    with staff_browser.open_as("Author", ADD_ARTICLE) as page:
        clicks = ClickCounter(page)
        clicks.type("#id_title", "Three clicks")
        clicks.type(".field-body .rich-text", "A text.")
        clicks.click(".action-bar [name=_continue]")

        assert ("Three clicks" in last_message(page), clicks.count) == (True, 3)


def test_picture_is_described_and_focused_with_four_clicks(staff_browser: StaffBrowser, tmp_path: Path) -> None:
    with staff_browser.open_as("Author", "/admin/images/image/add/") as page:
        clicks = ClickCounter(page)
        clicks.drop("#id_file", *make_pictures(tmp_path, 1))
        page.wait_for_selector(".crops-whole canvas")
        # Beside the mark, which stands in the middle.
        clicks.count += 1
        page.locator(".crops-whole canvas").click(position={"x": 30, "y": 30})
        clicks.type("#id_alt", "A green field")
        clicks.type("#id_credit", "Picture: Wen Hao")

        assert (page.locator(".crops-cuts canvas").count(), clicks.count) == (4, 4)
        page.click("[name=_save]")
        page.wait_for_selector(".messagelist .success")


def test_name_in_the_text_is_linked_with_one_click(staff_browser: StaffBrowser) -> None:
    with staff_browser.open_as("Author", ADD_ARTICLE) as page:
        page.fill("#id_title", "Two names")
        page.click(".field-body .rich-text")
        page.keyboard.type("Zhou Mei spoke at the Universal Postal Union.")
        page.wait_for_selector("#name-suggestions button >> nth=1")
        clicks = ClickCounter(page)
        clicks.click("#name-suggestions button:has-text('Zhou Mei')")
        clicks.click("#name-suggestions button:has-text('Universal Postal Union')")
        assert (page.locator("#name-suggestions button").count(), clicks.count) == (0, 2)

        page.click(".action-bar [name=_continue]")
        page.wait_for_selector(".messagelist .success")
        linked = page.locator("#mentions-group .inline_label").all_text_contents()
        assert [name.split("\n")[0].strip() for name in linked][:2] == ["Zhou Mei", "Universal Postal Union"]


def test_name_is_linked_without_scripts(
    staff_browser: StaffBrowser, browser: "Browser", role_state: Callable[[str], Any]
) -> None:
    with staff_browser.open_as("Author", ADD_ARTICLE) as page:
        page.fill("#id_title", "One name, no scripts")
        page.fill("#id_standfirst", "Zhou Mei spoke.")
        page.click(".action-bar [name=_continue]")
        page.wait_for_selector(".messagelist .success")
        form = page.url
    with open_page(browser, form, storage_state=role_state("Author"), java_script_enabled=False) as (plain, _):
        plain.click("#name-suggestions button")

        assert plain.locator("#name-suggestions button").count() == 0
        assert "Zhou Mei" in str(plain.locator("#mentions-group .inline_label").first.text_content())


def test_article_is_scheduled_with_two_clicks(staff_browser: StaffBrowser) -> None:
    form = staff_browser.submit_article("On a working day", "A text.")
    with staff_browser.open_as("Publisher", form) as page:
        clicks = ClickCounter(page)
        clicks.click(".bar-menu summary")
        clicks.click(".bar-menu button[value=schedule]")

        assert ("09:30 Beijing time" in last_message(page), clicks.count) == (True, 2)


def test_live_article_is_corrected_with_three_clicks(staff_browser: StaffBrowser) -> None:
    form, _public = staff_browser.publish_article("Wrong by an hour", "At nine.")
    with staff_browser.open_as("Publisher", form) as page:
        clicks = ClickCounter(page)
        clicks.type(".field-body .rich-text", "At ten. ")
        clicks.type("#id_step_change_note", "It is ten, not nine.")
        clicks.click("button[value=submit]")

        assert ("was submitted for review" in last_message(page), clicks.count) == (True, 3)
    with staff_browser.open_as("Editor", form) as page:
        clicks = ClickCounter(page)
        assert page.input_value("#id_step_change_note") == "It is ten, not nine."
        clicks.click("button[value=publish]")

        assert ("was published" in last_message(page), clicks.count) == (True, 1)


def run_list_action(page: "Page", clicks: ClickCounter, action: str) -> None:
    clicks.click("#action-toggle")
    clicks.click(f"button.action-{action}")


def test_items_are_tagged_with_three_clicks_or_four_for_a_new_tag(staff_browser: StaffBrowser) -> None:
    staff_browser.submit_article("To be tagged", "A text.")
    staff_browser.submit_article("To be tagged as well", "A text.")
    with staff_browser.open_as("Editor", "/admin/news/article/?q=To+be+tagged") as page:
        first = ClickCounter(page)
        run_list_action(page, first, "tag_selected")
        first.type("#id_add_tags", "night mail")
        first.click(".submit-row [type=submit]")
        first_message = last_message(page)
        page.goto(f"{staff_browser.portal}/admin/news/article/?q=To+be+tagged")
        again = ClickCounter(page)
        run_list_action(page, again, "tag_selected")
        again.click(".given-last button:nth-of-type(2)")

        assert (first_message, first.count) == ("2 items were changed.", 4)
        assert (last_message(page), again.count) == ("2 items were changed.", 3)


def test_items_are_unpublished_with_three_clicks_or_four_for_a_new_reason(staff_browser: StaffBrowser) -> None:
    reason = "Published by mistake."
    for number in (1, 2):
        staff_browser.publish_article(f"To be taken down {number}", "A text.")
    for number, budget in ((1, 4), (2, 3)):
        with staff_browser.open_as("Publisher", f"/admin/news/article/?q=To+be+taken+down+{number}") as page:
            clicks = ClickCounter(page)
            run_list_action(page, clicks, "unpublish_selected")
            if number == 1:
                clicks.type("#id_reason", reason)
                clicks.click(".submit-row [type=submit]")
            else:
                clicks.click(f".given-last button:has-text('{reason}')")

            assert (last_message(page), clicks.count) == ("1 item was unpublished.", budget)


def test_enter_in_a_list_runs_no_action(staff_browser: StaffBrowser) -> None:
    staff_browser.submit_article("Ticked by keyboard", "A text.")
    with staff_browser.open_as("Publisher", "/admin/news/article/?q=Ticked+by+keyboard") as page:
        page.locator(".action-select").first.check()
        page.keyboard.press("Enter")

        assert last_message(page) == "No action selected."


def test_issue_with_four_stamps_takes_ten_clicks(staff_browser: StaffBrowser, tmp_path: Path) -> None:
    with staff_browser.open_as("Philatelist", "/admin/services/stampissue/add/") as page:
        clicks = ClickCounter(page)
        clicks.type("#id_title", "Four seasons of the mail")
        clicks.drop("#stamp-upload-files", *reversed(make_pictures(tmp_path, 4)))
        for number, season in enumerate(("Spring", "Summer", "Autumn", "Winter")):
            clicks.type(f"#stamp-upload li:nth-child({number + 1}) input", season)
        clicks.type("#stamp-upload-value", "1.20")
        clicks.click("#stamp-upload .stamp-upload-actions button")
        page.wait_for_selector("#stamp-upload [role=status]:has-text('Stamps added below: 4.')")
        clicks.click(".action-bar [name=_continue]")
        page.wait_for_selector(".messagelist .success")

        assert clicks.count <= 10
        rows = [
            [page.input_value(f"#id_stamps-{row}-{name}") for name in ("position", "name", "denomination")]
            for row in range(4)
        ]
        assert rows == [
            [str(number), season, "1.20"] for number, season in enumerate(("Spring", "Summer", "Autumn", "Winter"), 1)
        ]
        assert page.locator("#stamps-group .thumbnail").count() == 4


@pytest.mark.parametrize("width", [320, 1280])
def test_dropped_pictures_need_alternative_text_and_are_accessible(
    width: int, portal: str, browser: "Browser", role_state: Callable[[str], Any], tmp_path: Path
) -> None:
    look = {"viewport": {"width": width, "height": 900}, "bypass_csp": True, "storage_state": role_state("Philatelist")}
    with open_page(browser, f"{portal}/admin/services/stampissue/add/", **look) as (page, faults):
        page.set_input_files("#stamp-upload-files", [str(file) for file in make_pictures(tmp_path, 2)])
        page.click("#stamp-upload .stamp-upload-actions button")

        assert page.locator("#stamp-upload .dialog-error").all_text_contents() == ["Describe the picture."] * 2
        assert page.locator("#stamps-group .inline-related:not(.empty-form)").count() == 0
        assert (find_axe_violations(page), horizontal_overflow(page), faults) == ([], 0, [])


def test_several_pictures_are_added_at_once(
    portal: str, browser: "Browser", role_state: Callable[[str], Any], tmp_path: Path
) -> None:
    look = {"viewport": {"width": 320, "height": 900}, "bypass_csp": True, "storage_state": role_state("Editor")}
    with open_page(browser, f"{portal}/admin/images/image/add/", **look) as (page, faults):
        page.set_input_files("#picture-upload-files", [str(file) for file in make_pictures(tmp_path, 2)])
        page.fill("#picture-upload li:first-child input[type=text]", "Mail boat")
        page.click("#picture-upload .stamp-upload-actions button")
        missing = page.locator("#picture-upload .dialog-error").all_text_contents()
        page.check("#picture-upload li:last-child input[type=checkbox]")
        page.click("#picture-upload .stamp-upload-actions button")
        page.wait_for_selector("#picture-upload [role=status]:has-text('Pictures added: 2.')")

        assert missing == ["", "Add alternative text, or mark the picture as decorative."]
        assert (find_axe_violations(page), horizontal_overflow(page), faults) == ([], 0, [])


def test_hotline_is_changed_with_three_clicks_and_shows_its_usage(staff_browser: StaffBrowser) -> None:
    # The first one is on every page, which publishers change in one step.
    with staff_browser.open_as("Publisher", "/admin/services/hotline/") as page:
        clicks = ClickCounter(page)
        clicks.click("#result_list tbody a")
        assert "Used on" in page.locator(".standing").inner_text()
        clicks.type("#id_note", "Now also on Sundays. ")
        clicks.click("[name=_save]")

        assert ("was changed successfully" in last_message(page), clicks.count) == (True, 3)


def test_position_is_handed_over_in_six_steps(staff_browser: StaffBrowser) -> None:
    year = dt.datetime.now(dt.UTC).year + 1
    with staff_browser.open_as("Editor", "/admin/news/position/?q=Chief+engineer") as page:
        page.click("#result_list tbody a")
        page.click("text=Hand over")
        clicks = ClickCounter(page)
        clicks.type("#id_last_day", f"0331{year}")
        clicks.count += 1
        choose_suggestion(page, ".field-acting", "He Lan")
        clicks.count += 1
        choose_suggestion(page, ".field-comes", "Wen Hao")
        clicks.type("#id_first_day", f"0415{year}")
        clicks.type("#id_publish_at", f"0322{year}\t100000AM")
        page.wait_for_selector(f".handover-steps >> text=15 April {year}")
        proposed = page.input_value("#id_acting_until")
        violations, overflow = find_axe_violations(page), horizontal_overflow(page)
        clicks.click("[name=_save]")

        assert ("Chief engineer" in last_message(page), clicks.count) == (True, 6)
        assert (proposed, violations, overflow) == (f"{year}-04-14", [], 0)


def test_lunch_break_and_seven_holidays_take_four_steps(staff_browser: StaffBrowser) -> None:
    """The calendar of the demo has seven holidays (tests/postportal/demo/test_load.py)."""
    with staff_browser.open_as("Service desk", "/admin/services/hotline/add/") as page:
        choose_suggestion(page, ".field-service", "Specimen")
        page.fill("#id_purpose", "Lunch and holidays")
        page.click("[name=_save]")
        steps = ClickCounter(page)
        steps.click("#result_list a:has-text('Lunch and holidays')")
        steps.type("#id_opening_hours-0-hours", "Mon-Fri 9-12, 13:30-17")
        steps.count += 1
        choose_suggestion(page, ".field-holiday_calendar", "Public holidays")
        steps.click(".action-bar [name=_continue]")

        assert ("was changed successfully" in last_message(page), steps.count) == (True, 4)
        assert page.input_value("#id_opening_hours-0-hours") == "Mon–Fri 09:00–12:00, 13:30–17:00"
        assert page.input_value("#id_holiday_calendar") != ""
    _status, html = staff_browser.fetch_as_reader("/services/hotlines/")
    card = html.partition('id="lunch-and-holidays"')[2].partition("</li>")[0]
    assert "Monday to Friday, 9am to noon and 1:30pm to 5pm" in card
