import pytest

from postportal.legacy.parsing.bodies import body_html


def test_paragraphs_are_lines() -> None:
    assert body_html(["One.", "", "Two.", "Three."]) == "<p>One.</p><p>Two.</p><p>Three.</p>"


def test_markup_in_the_text_is_escaped() -> None:
    assert body_html(["<script>alert(1)</script> & more"]) == "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; more</p>"


def test_wrapped_sentence_is_one_paragraph() -> None:
    lines = [
        "The harbour office answers every letter within three",
        "working days, even in winter.",
        "The next is another.",
    ]

    assert body_html(lines) == (
        "<p>The harbour office answers every letter within three working days, even in winter.</p>"
        "<p>The next is another.</p>"
    )


def test_hyphenated_words_of_the_original_are_joined() -> None:
    assert body_html(["universal serv- -ices and remittan- -ces, well-known"]) == (
        "<p>universal services and remittances, well-known</p>"
    )


@pytest.mark.parametrize("mark", ["•", "·", "●", "■", "-", "*"])
def test_bullets_are_a_list(mark: str) -> None:
    assert body_html(["We carry:", f"{mark} letters", "", f"{mark} parcels"]) == (
        "<p>We carry:</p><ul><li>letters</li><li>parcels</li></ul>"
    )


def test_single_line_with_a_hyphen_is_no_list() -> None:
    assert body_html(["- said the master."]) == "<p>- said the master.</p>"


def test_bullets_inside_bullets_are_nested() -> None:
    assert body_html(["• letters", "  - by air", "  - by sea", "• parcels"]) == (
        "<ul><li>letters<ul><li>by air</li><li>by sea</li></ul></li><li>parcels</li></ul>"
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [("1. ", "2. "), ("1、", "2、"), ("(1) ", "(2) "), ("（1）", "（2）"), ("1) ", "2) "), ("①", "②")],
)
def test_numbers_are_a_list(first: str, second: str) -> None:
    assert body_html([f"{first}letters", f"{second}parcels"]) == "<ol><li>letters</li><li>parcels</li></ol>"


def test_three_levels_of_numbers_are_nested() -> None:
    lines = [
        "1. Offices stay open.",
        "(1) In towns.",
        "(a) By day.",
        "(b) By night.",
        "(2) In villages.",
        "2. Post is free.",
    ]

    assert body_html(lines) == (
        '<ol><li>Offices stay open.<ol><li>In towns.<ol type="a"><li>By day.</li><li>By night.</li></ol></li>'
        "<li>In villages.</li></ol></li><li>Post is free.</li></ol>"
    )


def test_skipped_numbers_are_kept() -> None:
    assert body_html(["(1) One.", "(4) Four."]) == '<ol><li>One.</li></ol><ol start="4"><li>Four.</li></ol>'


def test_numbers_continue_after_a_paragraph() -> None:
    assert body_html(["1. One.", "A word about it.", "2. Two."]) == (
        '<ol><li>One.</li></ol><p>A word about it.</p><ol start="2"><li>Two.</li></ol>'
    )


def test_numbers_that_start_again_are_another_list() -> None:
    assert body_html(["1. One.", "1. Another."]) == "<ol><li>One.</li></ol><ol><li>Another.</li></ol>"


def test_i_continues_letters_or_begins_roman_numerals() -> None:
    assert body_html(["(h) Eight.", "(i) Nine."]) == '<ol start="8" type="a"><li>Eight.</li><li>Nine.</li></ol>'
    assert body_html(["(i) One.", "(ii) Two.", "(iii) Three."]) == (
        '<ol type="i"><li>One.</li><li>Two.</li><li>Three.</li></ol>'
    )


@pytest.mark.parametrize(
    "line", ["2019. It was a good year.", "A. Finch opened it.", "12.5 million came.", "3. Juli", "7) seven", "(2018)"]
)
def test_number_that_begins_a_sentence_is_no_list(line: str) -> None:
    assert body_html([line]) == f"<p>{line}</p>"


def test_entries_of_a_topic_are_headings() -> None:
    lines = ["• Letter of the year", "", "    Ships carry words.", "", "• Photographs", "    None yet."]

    assert body_html(lines, bullets_are_headings=True) == (
        "<h2>Letter of the year</h2><p>Ships carry words.</p><h2>Photographs</h2><p>None yet.</p>"
    )


def test_bullets_of_a_topic_without_text_below_are_a_list() -> None:
    assert body_html(["• One", "• Two"], bullets_are_headings=True) == "<ul><li>One</li><li>Two</li></ul>"


def test_blank_lines_give_no_html() -> None:
    assert body_html(["", "  "]) == ""
