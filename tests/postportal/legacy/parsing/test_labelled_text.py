import pytest

from postportal.legacy.parsing.labelled_text import known_field_names, split_pieces


def fields(line: str) -> list[tuple[str, str, str]]:
    return [(piece.label, piece.field_name, piece.value) for piece in split_pieces(line)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Serial Number: 2016-4", [("Serial Number", "serial", "2016-4")]),
        ("• SERIAL NO.： 2016-4", [("SERIAL NO.", "serial", "2016-4")]),
        ("Serial Number 2016-4", [("Serial Number", "serial", "2016-4")]),
        ("志号2016-4", [("志号", "serial", "2016-4")]),
        ("志　号：2016-4".replace("　", " "), [("志 号", "serial", "2016-4")]),
        ("设计者 唐梅、方小舟", [("设计者", "designer", "唐梅、方小舟")]),
        ("Designer Tang Mei & Orla Finch", [("Designer", "designer", "Tang Mei & Orla Finch")]),
        ("Printer: Works Co., Ltd.", [("Printer", "printer", "Works Co., Ltd.")]),
        ("设计者：唐梅责任编辑：陆平", [("设计者", "designer", "唐梅"), ("责任编辑", "editor", "陆平")]),
        (
            "志号：2016-4；全套枚数：4枚；面值1.20元",
            [("志号", "serial", "2016-4"), ("全套枚数", "stamp_counts", "4枚"), ("面值", "face_value", "1.20元")],
        ),
        (
            "Serial Number: 2016-4 Piece in Set: 4Denomination: 4.8 yuan",
            [
                ("Serial Number", "serial", "2016-4"),
                ("Piece in Set", "stamp_counts", "4"),
                ("Denomination", "face_value", "4.8 yuan"),
            ],
        ),
        ("小型张面值：6元", [("小型张面值", "", "6元")]),
        ("Size of Booklet: 100*60mm", [("Size of Booklet", "", "100*60mm")]),
        ("小型张规格：120×80毫米", [("小型张规格", "sheet_size", "120×80毫米")]),
        ("Fragrance: cedar", [("Fragrance", "", "cedar")]),
    ],
)
def test_fields_of_a_line_are_told_apart(line: str, expected: list[tuple[str, str, str]]) -> None:
    assert fields(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Designer Ma said that the size: of the stamps matters.",
        "Design: The first stamp shows a lamp. The other shows two.",
        "面值是集邮者关心的问题。",
        "16 for Layout Ⅰ and 8 for Layout Ⅱ",
        "Size matters to collectors.",
        "x" * 4000,
    ],
)
def test_sentence_with_the_words_of_a_label_is_text(line: str) -> None:
    assert [(piece.text, piece.field_name) for piece in split_pieces(line)] == [(line, "")]


def test_fields_after_a_sentence_are_found() -> None:
    assert fields("2018年5月12日发行邮票1套。志号：2018-7，全套枚数：2枚")[1:] == [
        ("志号", "serial", "2018-7"),
        ("全套枚数", "stamp_counts", "2枚"),
    ]


def test_names_of_the_fields_are_collected() -> None:
    assert known_field_names(["Serial Number: 2016-4", "Words.", "面值：1元"]) == {"serial", "face_value"}
