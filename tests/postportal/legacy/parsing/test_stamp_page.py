import datetime as dt
from decimal import Decimal

import pytest

from postportal.legacy.parsing.page import LegacyPage, read_page
from postportal.legacy.parsing.serials import Serial
from postportal.legacy.parsing.stamp_facts import StampFacts
from tests.postportal.legacy.captures import STAMP, stamp_text


def read_stamp_facts(text: str) -> StampFacts:
    page = read_page(text)
    assert page.stamp is not None
    return page.stamp


def with_fields(*lines: str, title: str = "Lanterns") -> str:
    return stamp_text("\n".join([title, "Supporting Information", *lines, "The text below."]))


def test_stamp_page_is_read() -> None:
    page = read_page(stamp_text())

    assert isinstance(page, LegacyPage)
    assert (page.kind, page.title) == ("stamp", "Lanterns of the Old Harbour")
    assert page.body == (
        "<p>The first lantern hung above the customs house.</p><p>Collectors may order two FDC by letter.</p>"
    )
    assert page.findings == ()
    facts = read_stamp_facts(stamp_text())
    assert facts.serial == Serial(2018, 7)
    assert (facts.stamp_count, facts.souvenir_sheet_count) == (3, 1)
    assert (facts.face_value, facts.currency) == (Decimal("9.60"), "CNY")
    assert facts.issued_on == dt.date(2018, 5, 12)
    assert facts.credits == (("designer", "Tang Mei"), ("designer", "Orla Finch"))
    assert (facts.size, facts.perforation) == ("50 × 30 mm", "13.5")
    assert facts.sheet_composition == "16 for Layout Ⅰ and 8 for Layout Ⅱ"
    assert (facts.printer, facts.process) == ("Harbour Stamp Works", "Photogravure")
    assert len(facts.printed_fields) == 11


def test_every_spelling_gives_the_same_facts() -> None:
    other = """\
Lanterns of the Old Harbour
Stamp Information:
Title: Lanterns of the Old Harbour
SERIAL NO.： 2018-7
Stamps in Set : 3 stamps and 1 souvenir sheet
Total Face Value: RMB 9.60
Issue Date: May 12, 2018
Designers: Tang Mei、Orla Finch
Stamp Size (mm): 50mm×30mm
Perforation Gauge: 13.5 degrees
Sheet Composition: 16 for Layout Ⅰ and 8 for Layout Ⅱ
Printing House: Harbour Stamp Works
Printing Process: Photogravure
The first lantern hung above the customs house.

Collectors may order two FDC by letter.
"""
    first, second = read_stamp_facts(stamp_text()), read_stamp_facts(stamp_text(other))

    assert (
        StampFacts(
            **{name: getattr(second, name) for name in StampFacts.__slots__} | {"printed_fields": first.printed_fields}
        )
        == first
    )


def test_chinese_page_is_read() -> None:
    chinese = """\
港口的灯笼
邮票名称：港口的灯笼
志号：2018—7
全套枚数：３枚
全套面值：3.60元
发行日期：2018年5月12日
设计者：唐梅、方小舟
责任编辑：陆平
邮票规格：50×30毫米
齿孔度数：13.5度
整张枚数：16枚
版别：影写
印制厂：海港邮票厂
发行量：950万套
第一盏灯笼挂在海关楼上。
"""
    page = read_page(stamp_text(chinese))
    facts = read_stamp_facts(stamp_text(chinese))

    assert (page.kind, page.language, page.title) == ("stamp", "zh-hans", "港口的灯笼")
    assert page.body == "<p>第一盏灯笼挂在海关楼上。</p>"
    assert (facts.serial, facts.stamp_count, facts.face_value) == (Serial(2018, 7), 3, Decimal("3.60"))
    assert facts.issued_on == dt.date(2018, 5, 12)
    assert facts.credits == (("designer", "唐梅"), ("designer", "方小舟"), ("editor", "陆平"))
    assert (facts.size, facts.perforation, facts.sheet_composition) == ("50 × 30 mm", "13.5", "16枚")
    assert (facts.process, facts.printer, facts.print_run) == ("影写", "海港邮票厂", 9_500_000)


def test_blank_fields_are_unknown_and_the_date_of_data_entry_is_ignored() -> None:
    text = with_fields(
        "Serial Number:",
        "Value in Set:",
        "Denomination: 0.0 yuan",
        "Date of Issue: 2012-03-14",
        "Size of Stamp:",
        "Sheet Composition:",
        "Printing Process:",
    )
    facts = read_stamp_facts(text)

    assert (facts.serial, facts.stamp_count, facts.souvenir_sheet_count, facts.face_value) == (
        None,
        None,
        None,
        None,
    )
    assert (facts.issued_on, facts.size, facts.sheet_composition, facts.process) == (None, "", "", "")
    assert read_page(text).body == "<p>The text below.</p>"
    assert read_page(text).findings == (
        "date of issue 2012-03-14 ignored: the page gives no serial number, so it may be the date of data entry",
    )


@pytest.mark.parametrize(
    ("fields", "title", "reason"),
    [
        (["Serial Number: 2010-1", "Date of Issue: 2012-03-14"], "Lanterns", "it contradicts the serial number 2010-1"),
        (["Perforation: 13", "Date of Issue: 2012-03-14"], "Gengyin Year", "it contradicts the year in the title"),
        (
            ["Denomination:", "Date of Issue: 2012-03-14"],
            "Lanterns",
            "no other field is filled in, so it may be the date of data entry",
        ),
    ],
)
def test_doubtful_date_of_issue_is_ignored(fields: list[str], title: str, reason: str) -> None:
    text = with_fields(*fields, title=title)

    assert read_stamp_facts(text).issued_on is None
    assert f"date of issue 2012-03-14 ignored: {reason}" in read_page(text).findings


def test_date_without_a_serial_number_field_is_used() -> None:
    assert read_stamp_facts(with_fields("Date of Issue: 2012-03-14", "Perforation: 13")).issued_on == dt.date(
        2012, 3, 14
    )


def test_cells_below_each_other_are_fields() -> None:
    text = with_fields("Serial Number:", "2018-7", "Designer:", "Tang Mei", "Date of Issue:", "2018-05-12")
    facts = read_stamp_facts(text)

    assert (facts.serial, facts.issued_on) == (Serial(2018, 7), dt.date(2018, 5, 12))
    assert facts.credits == (("designer", "Tang Mei"),)
    assert read_page(text).body == "<p>The text below.</p>"


def test_several_fields_on_a_line_are_split() -> None:
    facts = read_stamp_facts(
        with_fields("Serial Number: 2018-7   Pieces in Set: 4   Designer: Tang Mei", "Perforation: 12")
    )

    assert (facts.serial, facts.stamp_count, facts.perforation) == (Serial(2018, 7), 4, "12")
    assert facts.credits == (("designer", "Tang Mei"),)


def test_second_size_is_added_to_the_first() -> None:
    facts = read_stamp_facts(
        with_fields("Serial Number: 2018-7", "Size of Stamp: 40×30mm (4-1)", "30×40mm (4-2)", "Perforation: 12")
    )

    assert facts.size == "40 × 30 mm (4-1); 30 × 40 mm (4-2)"


def test_blank_unknown_field_is_left_out_and_reported() -> None:
    page = read_page(with_fields("Serial Number: 2018-7", "Fragrance:", "Perforation: 12"))

    assert (page.body, page.findings) == ("<p>The text below.</p>", ("blank field left out: “Fragrance:”",))


def test_words_that_only_look_like_a_field_do_not_split_a_line() -> None:
    page = read_page(with_fields("Serial Number: 2018-7", "Printer: Works  at noon: closed  Designer: Tang Mei"))

    assert page.stamp is not None
    assert (page.stamp.printer, page.stamp.credits) == ("Works at noon: closed", (("designer", "Tang Mei"),))


def test_unknown_field_is_kept_in_the_text_and_reported() -> None:
    page = read_page(with_fields("Serial Number: 2018-7", "Fragrance: cedar", "Perforation: 12"))

    assert page.body == "<p>Fragrance: cedar</p><p>The text below.</p>"
    assert page.findings == ("unknown field, kept in the text: “Fragrance: cedar”",)


def test_prose_after_a_label_is_text() -> None:
    page = read_page(
        with_fields("Serial Number: 2018-7", "Design: The first shows a lamp. The other shows two.", "Perforation: 12")
    )

    assert page.stamp is not None
    assert page.stamp.credits == ()
    assert page.body == "<p>Design: The first shows a lamp. The other shows two.</p><p>The text below.</p>"


def test_value_that_cannot_be_read_is_unknown_and_reported() -> None:
    page = read_page(with_fields("Serial Number: H-17", "Piece in Set: many", "Denomination: 80 fen, 1.20 yuan"))

    assert page.stamp is not None
    assert (page.stamp.serial, page.stamp.stamp_count, page.stamp.face_value) == (None, None, None)
    assert page.findings == (
        "serial “H-17” not understood",
        "stamp counts “many” not understood",
        "face value “80 fen, 1.20 yuan” not understood",
    )


def test_missing_or_truncated_title_is_taken_from_the_fields() -> None:
    assert read_page(stamp_text(STAMP.split("\n", 1)[1])).title == "Lanterns of the Old Harbour"
    assert (
        read_page(stamp_text("Lanterns of the...\n" + STAMP.split("\n", 1)[1])).title == "Lanterns of the Old Harbour"
    )


def test_two_different_titles_are_reported() -> None:
    page = read_page(stamp_text(STAMP.replace("Lanterns of the Old Harbour\n", "Old Lanterns\n", 1)))

    assert page.title == "Old Lanterns"
    assert page.findings == ("two titles: “Old Lanterns” above the fields, “Lanterns of the Old Harbour” among them",)


def test_size_of_the_souvenir_sheet_is_added() -> None:
    facts = read_stamp_facts(
        with_fields(
            "Serial Number: 2018-7", "Size of Stamp: 40×30mm", "Size of Souvenir Sheet: 120x80 mm", "Perforation: 12"
        )
    )

    assert facts.size == "40 × 30 mm; souvenir sheet 120 × 80 mm"
