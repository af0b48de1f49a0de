import pytest

from postportal.legacy.models import Capture
from postportal.legacy.report import ImportStatus
from postportal.pages.models import Redirect
from services.models import StampIssue
from tests.factories import services
from tests.postportal.legacy.captures import capture_text, year_list_text
from tests.postportal.legacy.conftest import ImportText

pytestmark = pytest.mark.django_db


def test_list_announces_its_issues(import_text: ImportText) -> None:
    report = import_text(year_list_text("Lanterns(Ⅰ)2018-7", "Boats2018-8T"))

    issues = StampIssue.objects.order_by("number")
    assert report.status == ImportStatus.CREATED
    assert [(each.serial, each.title, each.kind, each.issued_on, each.standfirst) for each in issues] == [
        ("2018-7", "Lanterns(Ⅰ)", "", None, "A few words about it."),
        ("2018-8", "Boats", "special", None, "A few words about it."),
    ]
    assert (Redirect.objects.get().new_address, Capture.objects.get().item) == ("/stamps/2018/", None)


def test_truncated_title_creates_no_issue_and_is_reported(import_text: ImportText) -> None:
    report = import_text(year_list_text("Lanterns of the northern ...2018-9"))

    assert StampIssue.objects.count() == 0
    assert report.findings == [
        "2018-9 “Lanterns of the northern…” is truncated and no issue has this number: not created"
    ]


def test_truncated_title_does_not_replace_a_full_one(import_text: ImportText) -> None:
    services.stamp_issue("Lanterns of the northern coast", year=2018, number=9)

    report = import_text(year_list_text("Lanterns of the northern ...2018-9"))

    assert (report.status, report.findings) == (ImportStatus.UNCHANGED, [])
    assert StampIssue.objects.get().title == "Lanterns of the northern coast"


def test_different_title_is_only_reported(import_text: ImportText) -> None:
    services.stamp_issue("Boats", year=2018, number=9)

    report = import_text(year_list_text("Lanterns2018-9"))

    assert report.findings == ["2018-9 kept as “Boats”, the list has “Lanterns”"]
    assert StampIssue.objects.get().title == "Boats"


def test_chinese_list_completes_english_issues(import_text: ImportText) -> None:
    services.stamp_issue("Lanterns", year=2018, number=7)

    import_text(capture_text("2018年邮票\n• 港口的灯笼2018-7\n• 渔船2018-8", navigation=""))

    issues = StampIssue.objects.order_by("number")
    assert [(each.title, each.title_zh) for each in issues] == [("Lanterns", "港口的灯笼"), ("渔船", "渔船")]


def test_second_import_of_a_list_changes_nothing(import_text: ImportText) -> None:
    import_text(year_list_text("Lanterns2018-7"))

    assert import_text(year_list_text("Lanterns2018-7"), reimport=True).status == ImportStatus.UNCHANGED
    assert StampIssue.objects.count() == 1
