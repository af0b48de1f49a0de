"""Take the pictures of docs/editors-guide.md, with a day in the newsroom played in the browser:

python -m tests.browser.guide_pictures docs/guide
"""

import functools
import io
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw
from playwright.sync_api import sync_playwright

from tests.browser.conftest import sign_in
from tests.browser.page_checks import CHROMIUM_FLAGS, find_chromium
from tests.browser.running_portal import SUPERUSER, run_portal
from tests.browser.staff_browser import ADD_ARTICLE, StaffBrowser, choose_suggestion, last_message, write_body

if TYPE_CHECKING:
    from playwright.sync_api import Page

WEBP_QUALITY = 62
ADD_ISSUE = "/admin/services/stampissue/add/"
TITLE = "Night mail stops at the lake"
TEXT = "From Monday the night mail stops at the lake. Zhou Mei told the Universal Postal Union how."


class Camera:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, page: "Page", name: str, selector: str = "", *, height: int = 800) -> None:
        """Take a picture of the first element that matches the selector, or of the window."""
        if selector:
            # High enough for a whole part of the side panel, and without the bar that would lie on it.
            page.set_viewport_size({"width": 1280, "height": 1600})
            element = page.locator(selector).first
            element.scroll_into_view_if_needed()
            is_of_bar = element.evaluate("element => !!element.closest('.action-bar')")
            picture = element.screenshot(
                animations="disabled", style="" if is_of_bar else ".action-bar { visibility: hidden; }"
            )
        else:
            page.set_viewport_size({"width": 1280, "height": height})
            picture = page.screenshot(animations="disabled")
        Image.open(io.BytesIO(picture)).convert("RGB").save(
            self.folder / f"{name}.webp", quality=WEBP_QUALITY, method=6
        )


def take_author_pictures(staff_browser: StaffBrowser, camera: Camera) -> str:
    with staff_browser.open_as("Author", "/admin/") as page:
        camera.take(page, "author-home", height=720)
    with staff_browser.open_as("Author", ADD_ARTICLE) as page:
        page.fill("#id_title", TITLE)
        page.fill("#id_standfirst", "Letters posted by eight in the evening are there before breakfast.")
        write_body(page, TEXT)
        choose_suggestion(page, ".field-section", "Specimens")
        page.wait_for_selector("#name-suggestions button")
        camera.take(page, "name-suggestion", "#name-suggestions")
        page.locator("#name-suggestions button").first.click()
        page.evaluate("scrollTo(0, 0)")
        camera.take(page, "author-form", height=860)
        page.click(".picture-choose")
        page.wait_for_selector(".dialog-picture img")
        camera.take(page, "picture", "dialog.dialog")
        page.locator(".dialog-picture").first.click()
        page.click(".action-bar [name=_continue]")
        page.wait_for_selector(".messagelist .success")
        page.click("#tab-comments")
        page.fill("#id_comment_text", "Is it the same in winter?")
        page.click("#comments button:has-text('Add comment')")
        page.wait_for_selector("#comments .panel-message")
        page.set_viewport_size({"width": 1600, "height": 900})
        page.click("#tab-preview")
        page.frame_locator("#preview iframe").locator("h1").wait_for()
        page.wait_for_timeout(800)
        page.evaluate("scrollTo(0, 0)")
        camera.take(page, "preview", height=800)
        page.click("#tab-status")
        page.fill("#id_save_note", "The times are those of the station.")
        camera.take(page, "author-actions", ".finish")
        page.click("button[value=submit]")
        last_message(page)
        return page.url


def take_editor_pictures(staff_browser: StaffBrowser, camera: Camera, form: str) -> None:
    with staff_browser.open_as("Editor", "/admin/") as page:
        camera.take(page, "editor-home", height=700)
        page.keyboard.press("/")
        page.keyboard.type("night mail")
        page.get_by_role("option").first.wait_for()
        camera.take(page, "quick-search", height=460)
        page.goto(form)
        page.click(".bar-menu summary")
        page.click("a.step-return")
        page.fill("#id_reason", "Please say where letters can be posted until eight.")
        camera.take(page, "return-to-author", "#content")
        page.click("button.default")
        page.click("#tab-comments")
        camera.take(page, "comments", "#comments")
    with staff_browser.open_as("Author", form) as page:
        write_body(page, f"{TEXT} The box at the landing stage is emptied at eight.")
        page.click("button[value=submit]")
    with staff_browser.open_as("Editor", form) as page:
        page.click("#tab-history")
        page.click(".historylink")
        camera.take(page, "history", height=760)
        page.get_by_role("link", name="View changes").first.click()
        camera.take(page, "compare", height=620)
        page.goto(form)
        page.click(".bar-menu summary")
        page.click("a.step-approve")
        page.click("button.default")
        last_message(page)
        page.click("#tab-preview")
        page.click("#preview_links button:has-text('Create link')")
        page.wait_for_selector("#preview_links .panel-message a")
        camera.take(page, "preview-link", "#preview_links")


def take_conflict_pictures(staff_browser: StaffBrowser, camera: Camera) -> None:
    form = staff_browser.submit_article("Boats carry parcels again", "The first boat leaves at nine.")
    with staff_browser.open_as("Editor", form) as first, staff_browser.open_as("Publisher", form) as second:
        first.fill("#id_standfirst", "From Monday, every morning.")
        first.click(".action-bar [name=_continue]")
        first.wait_for_selector(".messagelist")
        second.reload()
        camera.take(second, "presence", ".presence")
        first.fill("#id_standfirst", "From Monday, every hour.")
        second.fill("#id_standfirst", "From Tuesday, every morning.")
        first.click(".action-bar [name=_continue]")
        first.wait_for_selector(".messagelist")
        second.click(".action-bar [name=_continue]")
        second.wait_for_selector(".conflict-part")
        camera.take(second, "edit-conflict", height=700)


def take_publisher_pictures(staff_browser: StaffBrowser, camera: Camera, form: str) -> None:
    with staff_browser.open_as("Publisher", form) as page:
        page.click(".bar-menu summary")
        camera.take(page, "publisher-actions", height=900)
        page.click(".bar-menu button[value=schedule]")
        last_message(page)
        page.goto(f"{staff_browser.portal}/admin/calendar/")
        camera.take(page, "calendar", height=1080)
        page.goto(f"{staff_browser.portal}/admin/as-of/")
        camera.take(page, "site-as-of", height=680)
        page.goto(f"{staff_browser.portal}/admin/news/article/?q=night")
        page.locator("#action-toggle").click()
        camera.take(page, "list-actions", height=640)
        page.click("button.action-tag_selected")
        camera.take(page, "bulk-tags", "#content")
    live, public = staff_browser.publish_article("Summer rounds begin", "The rounds on the lake begin in May.")
    with staff_browser.open_as("Publisher", live) as page:
        page.click(".bar-menu summary")
        page.click("a.step-withdraw")
        page.fill("#id_reason", "The boat is being repaired; the rounds begin in June.")
        page.click("button.default")
        last_message(page)
        page.goto(public)
        camera.take(page, "withdrawn", height=900)
    forced = staff_browser.submit_article("Counter closed today", "The counter at the port is closed today.")
    with staff_browser.open_as("Publisher", forced) as page:
        page.click(".bar-menu summary")
        page.click("a.step-force")
        page.fill("#id_reason", "The counter had already closed, and nobody else was available.")
        page.click("button.default")
        camera.take(page, "published-without-review", ".standing")


def take_other_pictures(staff_browser: StaffBrowser, camera: Camera, folder: Path) -> None:
    with staff_browser.open_as("Philatelist", ADD_ISSUE) as page:
        page.fill("#id_title", "Four seasons of the mail")
        page.set_input_files("#stamp-upload-files", [str(file) for file in draw_stamps(folder)])
        for number, season in enumerate(("Spring", "Summer", "Autumn", "Winter"), 1):
            page.fill(f"#stamp-upload li:nth-child({number}) input", f"{season}: a van on the mountain road")
        page.fill("#stamp-upload-value", "1.20")
        camera.take(page, "stamp-upload", "#stamp-upload")
    with staff_browser.open_as("Publisher", "/admin/services/hotline/") as page:
        page.locator("#result_list tbody a").first.click()
        camera.take(page, "hotline", ".standing")
    with staff_browser.open_as(SUPERUSER[0], "/admin/audit/entry/") as page:
        camera.take(page, "audit", height=620)


def draw_stamps(folder: Path) -> list[Path]:
    """Draw four stamp designs and return their files."""
    files = []
    for number, colour in enumerate(("#2c7a57", "#b98900", "#a3301d", "#17498b"), 1):
        stamp = Image.new("RGB", (480, 360), "#eff4f1")
        pen = ImageDraw.Draw(stamp)
        pen.polygon([(0, 360), (160, 90 + 20 * number), (300, 260), (400, 150), (480, 360)], fill=colour)
        pen.ellipse([(350, 30), (420, 100)], fill="#ffc832")
        files.append(folder / f"season-{number}.png")
        stamp.save(files[-1])
    return files


def main(folder: Path) -> None:
    camera = Camera(folder)
    with (
        tempfile.TemporaryDirectory() as folder_name,
        run_portal(Path(folder_name)) as portal,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        role_state: Any = functools.cache(lambda role: sign_in((role, SUPERUSER[1]), browser, portal))
        staff_browser = StaffBrowser(portal, browser, role_state)
        form = take_author_pictures(staff_browser, camera)
        take_editor_pictures(staff_browser, camera, form)
        take_conflict_pictures(staff_browser, camera)
        take_publisher_pictures(staff_browser, camera, form)
        take_other_pictures(staff_browser, camera, Path(folder_name))
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
