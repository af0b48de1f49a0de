"""How many steps the work takes. A step is a click, a choice or a submit; typing one field is one."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from tests.browser.page_checks import find_axe_violations, horizontal_overflow, open_page
from tests.browser.staff_browser import ADD_ARTICLE, StaffBrowser, last_message

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


class ClickCounter:
    """Somebody at a page whose steps are counted."""

    def __init__(self, page: "Page") -> None:
        self.page, self.count = page, 0

    def click(self, selector: str) -> None:
        self.count += 1
        self.page.locator(selector).first.click()

    def type(self, selector: str, text: str) -> None:
        self.count += 1
        self.page.click(selector)
        self.page.keyboard.type(text)

    def drop(self, selector: str, *files: Path) -> None:
        self.count += 1
        self.page.set_input_files(selector, [str(file) for file in files])


@pytest.fixture
def staff_browser(portal: str, browser: "Browser", staff: Callable[[str], Any]) -> StaffBrowser:
    return StaffBrowser(portal, browser, staff)


def make_pictures(folder: Path, count: int) -> list[Path]:
    made = [folder / f"4-{number}.png" for number in range(1, count + 1)]
    for number, file in enumerate(made):
        Image.new("RGB", (400, 300), (40 * number, 90, 60)).save(file)
    return made


def test_draft_is_written_and_saved_in_three_steps(newsroom: StaffBrowser) -> None:
    with newsroom.open_as("Author", ADD_ARTICLE) as page:
        steps = ClickCounter(page)
        steps.type("#id_title", "Three steps")
        steps.type(".field-body .rich-text", "A text.")
        steps.click("[name=_continue]")

        assert ("Three steps" in last_message(page), steps.count) == (True, 3)


def test_picture_is_described_and_focused_in_four_steps_and_a_save(newsroom: StaffBrowser, tmp_path: Path) -> None:
    with newsroom.open_as("Author", "/admin/images/image/add/") as page:
        steps = ClickCounter(page)
        steps.drop("#id_file", *make_pictures(tmp_path, 1))
        page.wait_for_selector(".crops-whole canvas")
        steps.click(".crops-whole canvas")
        steps.type("#id_alt", "A green field")
        steps.type("#id_credit", "Picture: Wen Hao")

        assert (page.locator(".crops-cuts canvas").count(), steps.count) == (3, 4)
        page.click("[name=_save]")
        page.wait_for_selector(".messagelist .success")


def test_people_and_organizations_in_the_text_are_linked_in_one_step_each(newsroom: StaffBrowser) -> None:
    with newsroom.open_as("Author", ADD_ARTICLE) as page:
        page.fill("#id_title", "Two names")
        page.click(".field-body .rich-text")
        page.keyboard.type("Zhou Mei spoke at the Universal Postal Union.")
        page.wait_for_selector("#named button >> nth=1")
        steps = ClickCounter(page)
        steps.click("#named button:has-text('Zhou Mei')")
        steps.click("#named button:has-text('Universal Postal Union')")
        assert (page.locator("#named button").count(), steps.count) == (0, 2)

        page.click("[name=_continue]")
        page.wait_for_selector(".messagelist .success")
        linked = page.locator("#mentions-group .inline_label").all_text_contents()
        assert [name.split("\n")[0].strip() for name in linked][:2] == ["Zhou Mei", "Universal Postal Union"]


def test_name_is_linked_without_scripts(
    newsroom: StaffBrowser, browser: "Browser", staff: Callable[[str], Any]
) -> None:
    with newsroom.open_as("Author", ADD_ARTICLE) as page:
        page.fill("#id_title", "One name, no scripts")
        page.fill("#id_standfirst", "Zhou Mei spoke.")
        page.click("[name=_continue]")
        page.wait_for_selector(".messagelist .success")
        form = page.url
    with open_page(browser, form, storage_state=staff("Author"), java_script_enabled=False) as (plain, _):
        plain.click("#named button")

        assert plain.locator("#named button").count() == 0
        assert "Zhou Mei" in str(plain.locator("#mentions-group .inline_label").first.text_content())


def test_scheduling_takes_no_more_than_two_steps(newsroom: StaffBrowser) -> None:
    form = newsroom.submit_article("On a working day", "A text.")
    with newsroom.open_as("Publisher", form) as page:
        steps = ClickCounter(page)
        steps.click("button[value=schedule]")

        assert ("09:30 Beijing time" in last_message(page), steps.count) == (True, 1)


def test_live_article_is_corrected_in_three_steps(newsroom: StaffBrowser) -> None:
    form, _public = newsroom.publish_article("Wrong by an hour", "At nine.")
    with newsroom.open_as("Publisher", form) as page:
        steps = ClickCounter(page)
        steps.type(".field-body .rich-text", "At ten. ")
        steps.click("[name=_continue]")
        steps.click("button[value=submit]")

        assert ("waits for review" in last_message(page), steps.count) == (True, 3)
    with newsroom.open_as("Editor", form) as page:
        steps = ClickCounter(page)
        steps.type("#id_step_change_note", "It is ten, not nine.")
        steps.click("button[value=publish]")

        assert ("is published" in last_message(page), steps.count) == (True, 2)


def run_list_action(page: "Page", steps: ClickCounter, action: str) -> None:
    steps.click("#action-toggle")
    steps.click(f"button.action-{action}")


def test_many_items_are_tagged_in_three_steps_and_with_a_new_tag_in_four(newsroom: StaffBrowser) -> None:
    newsroom.submit_article("To be tagged", "A text.")
    newsroom.submit_article("To be tagged, too", "A text.")
    with newsroom.open_as("Editor", "/admin/news/article/?q=To+be+tagged") as page:
        first = ClickCounter(page)
        run_list_action(page, first, "tag_selected")
        first.type("#id_add_tags", "night mail")
        first.click(".submit-row [type=submit]")
        was_told = last_message(page)
        page.goto(f"{newsroom.portal}/admin/news/article/?q=To+be+tagged")
        again = ClickCounter(page)
        run_list_action(page, again, "tag_selected")
        again.click(".given-last button:nth-of-type(2)")

        assert (was_told, first.count) == ("2 items have new tags.", 4)
        assert (last_message(page), again.count) == ("2 items have new tags.", 3)


def test_items_are_unpublished_in_three_steps_and_with_a_new_reason_in_four(newsroom: StaffBrowser) -> None:
    reason = "It was a rehearsal."
    for number in (1, 2):
        newsroom.publish_article(f"To be taken down {number}", "A text.")
    for number, taken in ((1, 4), (2, 3)):
        with newsroom.open_as("Publisher", f"/admin/news/article/?q=To+be+taken+down+{number}") as page:
            steps = ClickCounter(page)
            run_list_action(page, steps, "unpublish_selected")
            if number == 1:
                steps.type("#id_reason", reason)
                steps.click(".submit-row [type=submit]")
            else:
                steps.click(f".given-last button:has-text('{reason}')")

            assert (last_message(page), steps.count) == ("1 item is unpublished.", taken)


def test_enter_in_a_list_does_nothing(newsroom: StaffBrowser) -> None:
    newsroom.submit_article("Ticked by keyboard", "A text.")
    with newsroom.open_as("Publisher", "/admin/news/article/?q=Ticked+by+keyboard") as page:
        page.locator(".action-select").first.check()
        page.keyboard.press("Enter")

        assert last_message(page) == "No action selected."


def test_issue_with_four_stamps_and_pictures_takes_ten_steps(newsroom: StaffBrowser, tmp_path: Path) -> None:
    with newsroom.open_as("Philatelist", "/admin/services/stampissue/add/") as page:
        steps = ClickCounter(page)
        steps.type("#id_title", "Four seasons of the mail")
        steps.drop("#stamp-drop-files", *reversed(make_pictures(tmp_path, 4)))
        for number, season in enumerate(("Spring", "Summer", "Autumn", "Winter")):
            steps.type(f"#stamp-drop li:nth-child({number + 1}) input", season)
        steps.type("#stamp-drop-value", "1.20")
        steps.click("#stamp-drop .stamp-drop-all button")
        page.wait_for_selector("#stamp-drop [role=status]:has-text('Stamps added below: 4.')")
        steps.click("[name=_continue]")
        page.wait_for_selector(".messagelist .success")

        assert steps.count <= 10
        rows = [
            [page.input_value(f"#id_stamps-{row}-{name}") for name in ("position", "name", "denomination")]
            for row in range(4)
        ]
        assert rows == [
            [str(number), season, "1.20"] for number, season in enumerate(("Spring", "Summer", "Autumn", "Winter"), 1)
        ]
        assert page.locator("#stamps-group .thumbnail").count() == 4


@pytest.mark.parametrize("width", [320, 1280])
def test_dropped_pictures_need_words_and_are_accessible(
    width: int, portal: str, browser: "Browser", staff: Callable[[str], Any], tmp_path: Path
) -> None:
    look = {"viewport": {"width": width, "height": 900}, "bypass_csp": True, "storage_state": staff("Philatelist")}
    with open_page(browser, f"{portal}/admin/services/stampissue/add/", **look) as (page, faults):
        page.set_input_files("#stamp-drop-files", [str(file) for file in make_pictures(tmp_path, 2)])
        page.click("#stamp-drop .stamp-drop-all button")

        assert page.locator("#stamp-drop .ask-error").all_text_contents() == ["Say what it shows."] * 2
        assert page.locator("#stamps-group .inline-related:not(.empty-form)").count() == 0
        assert (find_axe_violations(page), horizontal_overflow(page), faults) == ([], 0, [])


def test_hotline_is_changed_in_three_steps_and_says_where_it_is_used(newsroom: StaffBrowser) -> None:
    with newsroom.open_as("Service desk", "/admin/services/hotline/") as page:
        steps = ClickCounter(page)
        steps.click("#result_list tbody a")
        assert "Used on" in page.locator(".standing").inner_text()
        steps.type("#id_note", "Now on Sundays, too. ")
        steps.click("[name=_save]")

        assert ("was changed successfully" in last_message(page), steps.count) == (True, 3)
