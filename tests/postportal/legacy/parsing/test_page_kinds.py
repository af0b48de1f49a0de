import pytest

from postportal.legacy.parsing.old_urls import OldUrl
from postportal.legacy.parsing.page_head import read_head
from postportal.legacy.parsing.page_kinds import PageKind, detect_page_kind, is_index
from tests.postportal.legacy.captures import STAMP


def kind(text: str, *, folder: str = "") -> PageKind:
    lines = text.split("\n")
    url = OldUrl("old.example", f"/html1/{folder}/1/2-1.htm") if folder else None
    return detect_page_kind(lines, head=read_head(lines), url=url, breadcrumbs=[])


@pytest.mark.parametrize(
    ("text", "folder", "expected"),
    [
        (STAMP, "category", PageKind.STAMP),
        ("2018 Stamps\n• Lanterns2018-7\n• Boats2018-8", "stamp", PageKind.YEAR_LIST),
        ("Counters open\n| Harbour Post |2019-05-20\nAt last.", "category", PageKind.NEWS),
        (f"Lanterns\n| Harbour Post |2019-05-20\n{STAMP}", "report", PageKind.NEWS),
    ],
)
def test_content_is_stronger_than_the_folder(text: str, folder: str, expected: PageKind) -> None:
    assert kind(text, folder=folder) == expected


@pytest.mark.parametrize(
    ("folder", "expected"),
    [("report", PageKind.NEWS), ("message", PageKind.MESSAGE), ("category", PageKind.PAGE), ("", PageKind.PAGE)],
)
def test_undated_text_has_the_kind_of_its_folder(folder: str, expected: PageKind) -> None:
    assert kind("Night counters\nThey stay open.", folder=folder) == expected


def test_index_is_a_list_of_dated_titles() -> None:
    assert is_index(["• Night counters2019-05-20", "• Boats2019-05-19", "• Nets2019-05-18", "Next"])
    assert not is_index(["• Night counters2019-05-20", "They stay open."])
