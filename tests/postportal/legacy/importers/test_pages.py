from urllib.parse import unquote

import pytest

from postportal.legacy.models import Capture
from postportal.legacy.report import ImportStatus
from postportal.pages.models import Page, Redirect
from tests.postportal.legacy.captures import capture_text
from tests.postportal.legacy.conftest import IMPORTED_AT, ImportText

pytestmark = pytest.mark.django_db
URL = "http://english.harbourpost.example/html1/category/1408/40-1.htm"


def page(title: str = "Night Counters", body: str = "They stay open.", url: str = URL) -> str:
    return capture_text(f"{title}\n\n{body}", url=url)


def test_static_page_becomes_a_page(import_text: ImportText) -> None:
    report = import_text(page())

    row = Page.objects.get()
    assert (report.status, report.findings) == (ImportStatus.CREATED, [])
    assert (row.title, row.body, row.get_absolute_url()) == (
        "Night Counters",
        "<p>They stay open.</p>",
        "/night-counters/",
    )
    assert (row.state, row.publish_at, row.language) == ("published", IMPORTED_AT, "en")
    assert Redirect.objects.get().target == row


def test_message_without_a_date_is_a_page(import_text: ImportText) -> None:
    import_text(page(title="Message from the Harbour Master"))

    assert Page.objects.get().path == "message-from-the-harbour-master"
    assert Capture.objects.get().kind == "message"


def test_list_of_news_is_skipped_and_its_url_redirects_to_the_news(import_text: ImportText) -> None:
    report = import_text(capture_text("News\n• Night counters2019-05-20\n• Boats2019-05-19", url=URL))

    assert (report.status, report.item) == (ImportStatus.SKIPPED, "list “News”")
    assert report.findings == ["a list of links without a text of its own"]
    assert (Page.objects.count(), Redirect.objects.get().new_address) == (0, "/news/")


def test_topic_without_a_title_gets_its_first_entry(import_text: ImportText) -> None:
    report = import_text(
        "http://old.example/html1/folder/1/6-1.htm\n\n• A letter from the master\n\n    Ships carry words."
    )

    row = Page.objects.get()
    assert (row.title, row.path) == ("A letter from the master", "a-letter-from-the-master")
    assert report.findings == ["no title", "first words used as the title: “A letter from the master”"]


def test_chinese_page_gets_its_path_from_the_title(import_text: ImportText) -> None:
    import_text(page(title="夜间柜台", body="夜间柜台开放。"))

    row = Page.objects.get()
    assert (row.language, row.path) == ("zh-hans", "夜间柜台")
    assert unquote(row.get_absolute_url()) == "/zh-hans/夜间柜台/"


def test_reserved_path_is_not_used(import_text: ImportText) -> None:
    import_text(page(title="Contact"))

    assert Page.objects.get().path == "page-contact"


def test_changed_text_updates_the_page(import_text: ImportText) -> None:
    import_text(page())

    assert import_text(page(body="They closed.")).status == ImportStatus.UPDATED
    assert Page.objects.get().body == "<p>They closed.</p>"
    assert import_text(page(body="They closed."), reimport=True).status == ImportStatus.UNCHANGED


def test_edited_page_is_not_changed(import_text: ImportText) -> None:
    import_text(page())
    row = Page.objects.get()
    row.body = "<p>Ours.</p>"
    row.save()

    assert import_text(page(body="They closed.")).findings == ["not changed: edited since the import"]
    assert Page.objects.get().body == "<p>Ours.</p>"


@pytest.mark.parametrize("title", ["Night counters", "NIGHT COUNTERS", "Níght-counters"])
def test_page_of_editors_with_the_same_title_is_not_changed(import_text: ImportText, title: str) -> None:
    Page.objects.create(path="counters", title=title, body="<p>Ours.</p>", state="published", publish_at=IMPORTED_AT)

    report = import_text(page())

    assert (report.status, report.findings) == (ImportStatus.KEPT, ["not changed: it existed before"])
    assert Page.objects.get().body == "<p>Ours.</p>"


def test_page_first_imported_without_a_url_is_recognised(import_text: ImportText) -> None:
    import_text(page(url=""))

    assert import_text(page(body="They closed.")).status == ImportStatus.UPDATED
    assert (Page.objects.count(), Capture.objects.count()) == (1, 1)


def test_second_page_of_the_same_title_is_a_page_of_its_own(import_text: ImportText) -> None:
    import_text(page(), name="1.txt")
    import_text(page(body="They close at two.", url=URL.replace("-1", "-2")), name="2.txt")

    assert sorted(Page.objects.values_list("body", flat=True)) == [
        "<p>They close at two.</p>",
        "<p>They stay open.</p>",
    ]


def test_same_page_at_a_second_url_is_one_page(import_text: ImportText) -> None:
    import_text(page(), name="1.txt")
    import_text(page(url=URL.replace("english", "www")), name="2.txt")

    assert Page.objects.count() == 1
