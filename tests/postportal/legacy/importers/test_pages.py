import pytest

from postportal.legacy.models import Capture
from postportal.legacy.report import ImportStatus
from postportal.pages.models import Page, Redirect
from tests.postportal.legacy.captures import capture_text
from tests.postportal.legacy.conftest import IMPORTED_AT, ImportText

pytestmark = pytest.mark.django_db
ADDRESS = "http://english.harbourpost.example/html1/category/1408/40-1.htm"


def page(title: str = "Night Counters", body: str = "They stay open.", address: str = ADDRESS) -> str:
    return capture_text(f"{title}\n\n{body}", address=address)


def test_static_page_becomes_a_page(take: ImportText) -> None:
    report = take(page())

    row = Page.objects.get()
    assert (report.status, report.findings) == (ImportStatus.CREATED, [])
    assert (row.title, row.body, row.get_absolute_url()) == (
        "Night Counters",
        "<p>They stay open.</p>",
        "/night-counters/",
    )
    assert (row.state, row.publish_at, row.language) == ("published", IMPORTED_AT, "en")
    assert Redirect.objects.get().target == row


def test_message_without_a_date_is_a_page(take: ImportText) -> None:
    take(page(title="Message from the Harbour Master"))

    assert Page.objects.get().path == "message-from-the-harbour-master"
    assert Capture.objects.get().kind == "message"


def test_list_of_news_becomes_nothing_and_its_address_leads_to_the_news(take: ImportText) -> None:
    report = take(capture_text("News\n• Night counters2019-05-20\n• Boats2019-05-19", address=ADDRESS))

    assert (report.status, report.item) == (ImportStatus.SKIPPED, "list “News”")
    assert report.findings == ["a list of other pages, without a text of its own"]
    assert (Page.objects.count(), Redirect.objects.get().new_address) == (0, "/news/")


def test_topic_without_a_title_is_named_by_its_first_entry(take: ImportText) -> None:
    report = take("http://old.example/html1/folder/1/6-1.htm\n\n• A letter from the master\n\n    Ships carry words.")

    row = Page.objects.get()
    assert (row.title, row.path) == ("A letter from the master", "a-letter-from-the-master")
    assert report.findings == ["no title", "titled by its first words: “A letter from the master”"]


def test_chinese_page_has_the_old_address_for_a_path(take: ImportText) -> None:
    take(page(title="夜间柜台", body="夜间柜台开放。"))

    row = Page.objects.get()
    assert (row.language, row.path) == ("zh-hans", "html1-category-1408-40-1-htm")
    assert row.get_absolute_url() == "/zh-hans/html1-category-1408-40-1-htm/"


def test_chinese_page_without_an_address_has_a_path_too(take: ImportText) -> None:
    take(page(title="夜间柜台", body="夜间柜台开放。", address=""))

    assert Page.objects.get().path == f"page-{Capture.objects.get().sha256[:8]}"


def test_path_of_the_portal_itself_is_not_taken(take: ImportText) -> None:
    take(page(title="Contact"))

    assert Page.objects.get().path == "contact-2"


def test_changed_text_updates_the_page(take: ImportText) -> None:
    take(page())

    assert take(page(body="They closed.")).status == ImportStatus.UPDATED
    assert Page.objects.get().body == "<p>They closed.</p>"
    assert take(page(body="They closed."), again=True).status == ImportStatus.UNCHANGED


def test_page_that_was_edited_since_is_left_alone(take: ImportText) -> None:
    take(page())
    row = Page.objects.get()
    row.body = "<p>Ours.</p>"
    row.save()

    assert take(page(body="They closed.")).findings == ["left as it is, it was edited since"]
    assert Page.objects.get().body == "<p>Ours.</p>"


def test_page_of_editors_with_the_same_title_is_left_alone(take: ImportText) -> None:
    Page.objects.create(
        path="counters", title="Night counters", body="<p>Ours.</p>", state="published", publish_at=IMPORTED_AT
    )

    report = take(page())

    assert (report.status, report.findings) == (ImportStatus.KEPT, ["left as it is, it was there already"])
    assert Page.objects.get().body == "<p>Ours.</p>"


def test_page_that_first_came_without_its_address_is_known_again(take: ImportText) -> None:
    take(page(address=""))

    assert take(page(body="They closed.")).status == ImportStatus.UPDATED
    assert (Page.objects.count(), Capture.objects.count()) == (1, 1)
