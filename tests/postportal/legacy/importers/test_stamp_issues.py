import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from postportal.legacy.models import Capture
from postportal.legacy.report import ImportStatus
from postportal.pages.models import Redirect
from postportal.publishing.models import State
from services.models import StampIssue
from tests.factories import news as factories
from tests.factories import services
from tests.postportal.legacy.captures import STAMP, stamp_text, year_list_text
from tests.postportal.legacy.conftest import ImportText

pytestmark = pytest.mark.django_db
CHINESE = """\
港口的灯笼
志号：2018-7
全套枚数：3枚
版别：影写
第一盏灯笼挂在海关楼上。
"""


def test_stamp_page_becomes_an_issue(import_text: ImportText) -> None:
    works = factories.organization("Harbour Stamp Works")
    tang = factories.person("Tang", "Mei")

    report = import_text(stamp_text())

    issue = StampIssue.objects.get()
    assert (report.status, report.findings) == (ImportStatus.CREATED, [])
    assert (issue.title, issue.serial, issue.composition) == ("Lanterns of the Old Harbour", "2018-7", "3+1")
    assert (issue.face_value, issue.currency, issue.issued_on) == (Decimal("9.60"), "CNY", dt.date(2018, 5, 12))
    assert (issue.size, issue.perforation, issue.process) == ("50 × 30 mm", "13.5", "Photogravure")
    assert issue.sheet_composition == "16 for Layout Ⅰ and 8 for Layout Ⅱ"
    assert (issue.state, issue.get_absolute_url()) == (State.PUBLISHED, "/stamps/2018-7/")
    assert timezone.localtime(issue.publish_at).date() == dt.date(2018, 5, 12)
    assert [(each.role, each.name, each.subject) for each in issue.credits.order_by("order")] == [
        ("designer", "Tang Mei", tang),
        ("designer", "Orla Finch", None),
        ("printer", "Harbour Stamp Works", works),
    ]
    assert [(each.kind, each.contents) for each in issue.products.all()] == [("fdc", "2 covers")]
    assert Redirect.objects.get().target == issue
    assert Capture.objects.get().item == issue


def test_unknown_values_are_null(import_text: ImportText) -> None:
    report = import_text(
        stamp_text(
            "Gengyin Year\nSerial Number:\nValue in Set:\nDenomination: 0.0 yuan\nDate of Issue: 2012-03-14\nA text."
        )
    )

    issue = StampIssue.objects.get()
    assert (issue.year, issue.number, issue.issued_on) == (None, None, None)
    assert (issue.stamp_count, issue.souvenir_sheet_count, issue.face_value) == (None, None, None)
    assert (issue.slug, issue.state) == ("gengyin-year", State.PUBLISHED)
    assert report.findings == ["date of issue 2012-03-14 ignored: it contradicts the year in the title"]


def test_second_import_changes_nothing(import_text: ImportText) -> None:
    import_text(stamp_text())
    before = StampIssue.objects.values().get()

    assert import_text(stamp_text()).status == ImportStatus.UNCHANGED
    assert import_text(stamp_text(), reimport=True).status == ImportStatus.UNCHANGED
    assert StampIssue.objects.values().get() == before
    assert StampIssue.objects.get().credits.count() == 3


def test_changed_page_updates_the_issue(import_text: ImportText) -> None:
    import_text(stamp_text())

    report = import_text(stamp_text(STAMP.replace("9.6 yuan", "0.0 yuan").replace("Photogravure", "Offset")))

    issue = StampIssue.objects.get()
    assert (report.status, issue.face_value, issue.process) == (ImportStatus.UPDATED, None, "Offset")


def test_only_blank_fields_of_an_edited_issue_are_filled_in(import_text: ImportText) -> None:
    import_text(stamp_text())
    issue = StampIssue.objects.get()
    issue.title, issue.perforation = "Lanterns", ""
    issue.save()

    report = import_text(stamp_text(STAMP.replace("9.6 yuan", "12 yuan")))

    issue.refresh_from_db()
    assert (issue.title, issue.perforation, issue.face_value) == ("Lanterns", "13.5", Decimal("9.60"))
    assert report.findings == [
        "only blank fields filled in: edited since the import",
        "title kept as “Lanterns”, the page has “Lanterns of the Old Harbour”",
        "face value kept as “9.60”, the page has “12.00”",
    ]


def test_only_blank_fields_of_an_issue_of_editors_are_filled_in(import_text: ImportText) -> None:
    issue = services.stamp_issue(
        "Lanterns of the old harbour", year=2018, number=7, issued_on=None, body="<p>Ours.</p>"
    )

    report = import_text(stamp_text())

    issue.refresh_from_db()
    assert (issue.title, issue.issued_on, issue.body) == (
        "Lanterns of the old harbour",
        dt.date(2018, 5, 12),
        "<p>Ours.</p>",
    )
    assert report.status == ImportStatus.UPDATED
    assert report.findings == [
        "only blank fields filled in: it existed before",
        "body kept as “Ours.”, the page has “The first lantern hung above the customs house. Collectors m…”",
    ]


def test_announced_issue_is_completed(import_text: ImportText) -> None:
    import_text(year_list_text("Lanterns of the Old Harbour2018-7"))

    import_text(stamp_text())

    issue = StampIssue.objects.get()
    assert (issue.face_value, issue.standfirst) == (Decimal("9.60"), "A few words about it.")


def test_chinese_page_completes_the_english_issue(import_text: ImportText) -> None:
    import_text(stamp_text())

    import_text(stamp_text(CHINESE, url="http://www.harbourpost.example/html1/stamp/1805/12-1.htm"))

    issue = StampIssue.objects.get()
    assert (issue.title, issue.title_zh) == ("Lanterns of the Old Harbour", "港口的灯笼")
    assert issue.process == "Photogravure"


def test_chinese_page_alone_becomes_an_issue(import_text: ImportText) -> None:
    import_text(stamp_text(CHINESE))

    issue = StampIssue.objects.get()
    assert (issue.title, issue.title_zh, issue.process, issue.stamp_count) == ("港口的灯笼", "港口的灯笼", "影写", 3)


def test_listed_stamps_are_created(import_text: ImportText) -> None:
    import_text(stamp_text(STAMP + "\n(3-1) Red lantern 1.20 yuan\n(3-2) Blue lantern 2.40 yuan\n"))

    assert [(each.position, each.name, each.denomination) for each in StampIssue.objects.get().stamps.all()] == [
        (1, "Red lantern", Decimal("1.20")),
        (2, "Blue lantern", Decimal("2.40")),
    ]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Serial Number: 2018-7T", "special"),
        ("Serial Number: 2018-7 (J)", "commemorative"),
        ("Type: Definitive stamps", "definitive"),
        ("邮票种类：特种邮票", "special"),
        ("Type: unusual", ""),
    ],
)
def test_kind_is_recognised_by_letter_or_word(import_text: ImportText, line: str, kind: str) -> None:
    import_text(stamp_text(f"Lanterns\nPiece in Set: 4\nPerforation: 13\n{line}\nDesigner: Tang Mei\nA text."))

    assert StampIssue.objects.get().kind == kind


def test_known_issuer_is_linked(import_text: ImportText) -> None:
    post = factories.organization("Harbour Post")

    import_text(stamp_text(STAMP.replace("Perforation: 13.5", "Issued by: harbour post")))

    assert StampIssue.objects.get().issuer == post


def test_issues_without_a_number_and_with_the_same_title_are_one(import_text: ImportText) -> None:
    text = "Lanterns\nSerial Number:\nPiece in Set: 4\nPerforation: 13\nA text."
    import_text(stamp_text(text))

    import_text(stamp_text(text, url="http://www.harbourpost.example/html1/stamp/1.htm"))

    assert StampIssue.objects.count() == 1


def test_taken_slug_gets_a_number(import_text: ImportText) -> None:
    services.stamp_issue("Other", year=2017, number=1, slug="2018-7")

    import_text(stamp_text())

    assert StampIssue.objects.get(year=2018).slug == "2018-7-2"
