from postportal.legacy.parsing.labelled_text import split_pieces
from postportal.legacy.parsing.stamp_fields import FieldReader


def read(*lines: str) -> FieldReader:
    reader = FieldReader()
    reader.read([piece for line in lines for piece in split_pieces(line)])
    return reader


def test_known_labels_are_found_after_any_number_of_unknown_ones() -> None:
    unknown = [f"Label{'x' * number}: word" for number in range(12)]

    reader = read("Serial Number: 2016-4", *unknown, "Perforation: 13")

    assert reader.values == {"serial": ["2016-4"], "perforation": ["13"]}
    assert reader.text_lines == unknown
    assert reader.findings == [f"unknown field, kept in the text: “{line}”" for line in unknown]


def test_value_may_be_on_the_next_line() -> None:
    reader = read("Serial Number:", "", "2016-4", "Designer:", "Tang Mei,", "Orla Finch", "Printer:", "", "Works")

    assert reader.values["serial"] == ["2016-4"]
    assert reader.values["designer"] == ["Tang Mei, Orla Finch"]
    # With a blank line between, only a value that can be nothing else belongs to the label.
    assert (reader.values["printer"], [line for line in reader.text_lines if line]) == (["Works"], [])


def test_sentence_below_a_blank_field_is_text() -> None:
    reader = read("Perforation: 13", "Printing Process:", "The sixty years of the cycle.")

    assert reader.values["process"] == []
    assert reader.text_lines == ["The sixty years of the cycle."]


def test_list_may_go_on_below() -> None:
    reader = read("Sheet Composition: 20 for Layout Ⅰ", "and 8 for Layout Ⅱ", "And so it began. It was late.")

    assert reader.values["sheet"] == ["20 for Layout Ⅰ and 8 for Layout Ⅱ"]
    assert reader.text_lines == ["And so it began. It was late."]


def test_sheets_and_booklets_do_not_give_the_stamps_their_values() -> None:
    reader = read(
        "小型张",
        "规格：120×80毫米",
        "面值：6元",
        "小本票",
        "面值：20元",
        "邮票",
        "面值：2.40元",
        "规格：50×30毫米",
    )

    assert reader.values == {"sheet_size": ["120×80毫米"], "face_value": ["2.40元"], "size": ["50×30毫米"]}
    assert reader.text_lines == ["Souvenir sheet: 面值：6元", "Booklet: 面值：20元"]
    assert len(reader.findings) == 2


def test_section_ends_where_its_fields_begin_again() -> None:
    reader = read("Souvenir Sheet", "Denomination: 6 yuan", "Denomination: 2.40 yuan")

    assert reader.values == {"face_value": ["2.40 yuan"]}


def test_label_alone_is_above_its_value() -> None:
    assert read("Perforation", "13½", "Designer", "Tang Mei").values == {
        "perforation": ["13½"],
        "designer": ["Tang Mei"],
    }
