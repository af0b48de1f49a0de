import pytest

from postportal.legacy.models import Capture, ListEntry
from postportal.legacy.report import ImportStatus
from postportal.pages.models import Redirect
from postportal.publishing.models import State
from services.models import StampIssue
from tests.factories import services
from tests.postportal.legacy.captures import capture_text, stamp_text, year_list_text
from tests.postportal.legacy.conftest import ImportText

pytestmark = pytest.mark.django_db


def test_list_announces_its_issues(import_text: ImportText) -> None:
    report = import_text(year_list_text("Lanterns(Ⅰ)2018-7", "Boats2018-8T"))

    issues = StampIssue.objects.order_by("number")
    assert report.status == ImportStatus.CREATED
    assert [(each.serial, each.title, each.kind, each.issued_on, each.standfirst) for each in issues] == [
        ("2018-7", "Lanterns(Ⅰ)", "", None, "A few words about it."),
        ("2018-8T", "Boats", "special", None, "A few words about it."),
    ]
    assert (Redirect.objects.get().new_address, Capture.objects.get().item) == ("/stamps/2018/", None)


def test_truncated_title_becomes_an_incomplete_draft(import_text: ImportText) -> None:
    report = import_text(year_list_text("Lanterns of the northern ...2018-9"))

    issue = StampIssue.objects.get()
    assert (issue.serial, issue.title, issue.state) == ("2018-9", "Lanterns of the northern…", State.DRAFT)
    assert ListEntry.objects.get().lacking == ListEntry.Lacking.TITLE
    assert report.findings == ["“2018-9 Lanterns of the northern…”: title cut off, saved as an incomplete draft"]


def test_entry_without_a_number_becomes_an_incomplete_issue(import_text: ImportText) -> None:
    report = import_text(year_list_text("Lanterns of the coast", "Boats2018-8"))

    issue = StampIssue.objects.get(number=None)
    assert (issue.title, issue.year, issue.state) == ("Lanterns of the coast", 2018, State.PUBLISHED)
    assert report.findings == ["“Lanterns of the coast”: no serial number, saved as incomplete"]


def test_year_in_the_title_is_stronger_than_that_of_the_list(import_text: ImportText) -> None:
    report = import_text(year_list_text("Gengyin Year", heading="2012 Stamps"))

    assert StampIssue.objects.get().year is None
    assert "“Gengyin Year” names another year than that of the list: year unknown" in report.findings


def test_truncated_title_does_not_replace_a_full_one(import_text: ImportText) -> None:
    services.stamp_issue("Lanterns of the northern coast", year=2018, number=9, body="<p>A few words about it.</p>")

    report = import_text(year_list_text("Lanterns of the northern ...2018-9"))

    assert (report.status, report.findings) == (ImportStatus.UNCHANGED, [])
    assert StampIssue.objects.get().title == "Lanterns of the northern coast"


def test_different_title_and_text_are_only_reported(import_text: ImportText) -> None:
    services.stamp_issue("Boats", year=2018, number=9)

    report = import_text(year_list_text("Lanterns2018-9"))

    assert report.findings == [
        "2018-9 kept as “Boats”, the list has “Lanterns”",
        "text of “2018-9 Lanterns” in the list not imported: “A few words about it.”",
    ]
    assert StampIssue.objects.get().title == "Boats"


@pytest.mark.parametrize(
    "entry", ["Lanterns of the O...2018-7", "Lanterns of the Old Harbour", "Lanterns of the Old..."]
)
@pytest.mark.parametrize("is_list_first", [True, False])
def test_page_completes_the_entry_in_either_order(import_text: ImportText, entry: str, *, is_list_first: bool) -> None:
    texts = [year_list_text(entry), stamp_text()]
    for number, text in enumerate(texts if is_list_first else texts[::-1]):
        import_text(text, name=f"{number}.txt")

    issue = StampIssue.objects.get()
    assert (issue.serial, issue.title, issue.state) == ("2018-7", "Lanterns of the Old Harbour", State.PUBLISHED)
    assert not ListEntry.objects.incomplete().exists()
    for number, text in enumerate(texts):
        report = import_text(text, name=f"{number}.txt", reimport=True)
        assert report.status == ImportStatus.UNCHANGED
    assert StampIssue.objects.get() == issue


def test_linked_page_completes_the_entry(import_text: ImportText) -> None:
    url = "http://english.harbourpost.example/html1/stamp/1805/12-1.htm"
    import_text(year_list_text(f"[The lamps of the...]({url})"))

    import_text(stamp_text(url=url))

    assert StampIssue.objects.get().title == "Lanterns of the Old Harbour"


def test_title_of_editors_is_kept_when_the_page_comes(import_text: ImportText) -> None:
    import_text(year_list_text("Lanterns of the O...2018-7"))
    issue = StampIssue.objects.get()
    issue.title = "Old lanterns"
    issue.save()

    report = import_text(stamp_text(), name="page.txt")

    issue.refresh_from_db()
    assert (issue.title, issue.state, issue.perforation) == ("Old lanterns", State.DRAFT, "13.5")
    assert report.findings[0] == "only blank fields filled in: it existed before"
    assert "title kept as “Old lanterns”, the page has “Lanterns of the Old Harbour”" in report.findings


def test_pages_of_a_list_are_kept_apart(import_text: ImportText) -> None:
    first = year_list_text("Lanterns2018-7", "Nets ...2018-6")
    second = first.replace("9-1.htm", "9-2.htm").replace("Lanterns2018-7", "Boats2018-3").replace("2018-6", "2018-2")

    import_text(first, name="1.txt")
    import_text(second, name="2.txt")

    assert sorted(StampIssue.objects.values_list("serial", flat=True)) == ["2018-2", "2018-3", "2018-6", "2018-7"]
    assert Capture.objects.count() == 2


def test_another_list_with_the_whole_title_completes_the_entry(import_text: ImportText) -> None:
    import_text(year_list_text("Lanterns of the O...2018-7"))

    import_text(year_list_text("Lanterns of the Old Harbour2018-7").replace("9-1.htm", "8-1.htm"), name="2.txt")

    issue = StampIssue.objects.get()
    assert (issue.title, issue.state) == ("Lanterns of the Old Harbour", State.PUBLISHED)
    assert not ListEntry.objects.incomplete().exists()


def test_deleted_issue_is_not_created_again(import_text: ImportText) -> None:
    import_text(year_list_text("Lanterns2018-7"))
    StampIssue.objects.all().delete()

    report = import_text(year_list_text("Lanterns2018-7"), reimport=True)

    assert not StampIssue.objects.exists()
    assert report.findings == ["“2018-7 Lanterns”: the issue has been deleted and is not created again"]


def test_entry_that_can_be_several_issues_is_reported(import_text: ImportText) -> None:
    services.stamp_issue("Lanterns of the north", year=2018, number=1)
    services.stamp_issue("Lanterns of the south", year=2018, number=2)

    report = import_text(year_list_text("Lanterns of the ..."))

    assert StampIssue.objects.count() == 2
    assert report.findings == [
        "“Lanterns of the…” can be any of 2018-1 Lanterns of the north, 2018-2 Lanterns of the south: not created"
    ]


def test_chinese_list_completes_english_issues(import_text: ImportText) -> None:
    services.stamp_issue("Lanterns", year=2018, number=7)

    import_text(capture_text("2018年邮票\n• 港口的灯笼2018-7\n• 渔船2018-8", navigation=""))

    issues = StampIssue.objects.order_by("number")
    assert [(each.title, each.title_zh) for each in issues] == [("Lanterns", "港口的灯笼"), ("渔船", "渔船")]


def test_second_import_of_a_list_changes_nothing(import_text: ImportText) -> None:
    import_text(year_list_text("Lanterns2018-7"))

    assert import_text(year_list_text("Lanterns2018-7"), reimport=True).status == ImportStatus.UNCHANGED
    assert StampIssue.objects.count() == 1


@pytest.mark.parametrize("is_list_first", [True, False])
def test_page_without_a_number_and_its_entry_are_one_issue(import_text: ImportText, *, is_list_first: bool) -> None:
    listed = year_list_text("Gengyin Year", "Boats2012-3", heading="2012 Stamps")
    page = stamp_text("Gengyin Year\nStamp Title: Gengyin Year\nSerial Number:\nDate of Issue: 2012-03-14\nWords.")
    for number, text in enumerate([listed, page] if is_list_first else [page, listed]):
        import_text(text, name=f"{number}.txt")

    issue = StampIssue.objects.get(title="Gengyin Year")
    assert (issue.year, issue.number, issue.issued_on) == (None, None, None)
    assert StampIssue.objects.count() == 2
