"""Nothing of a capture is dropped silently, whatever it is made of."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postportal.legacy.parsing.accounting import lines_left_over
from postportal.legacy.parsing.page import LegacyPage, read_page
from postportal.legacy.parsing.stamp_facts import StampFacts
from postportal.richtext.plain_text import plain_text

# Words that stand for nothing else on a page, so that each can be looked for in the result.
WORDS = st.integers(1000, 999_999).map(lambda number: "z" + "".join("bcdfghjklm"[int(digit)] for digit in str(number)))
HAN_WORDS = st.text("龘靐齉爩鱻麤灪籱", min_size=3, max_size=6)
PHRASES = st.lists(WORDS | HAN_WORDS, min_size=1, max_size=4).map(" ".join)
LABELS = st.sampled_from(
    [
        *("Serial Number", "Piece in Set", "Denomination", "Date of Issue", "Designer", "Size of Stamp", "Printer"),
        *("志号", "面值", "图序", "邮票规格", "小型张规格", "责任编辑", "发行日期", "印制厂", "Booklet price", "备注"),
    ]
)
COLONS = st.sampled_from([": ", "：", ":", " ", ""])
LABELLED = st.tuples(LABELS, COLONS, PHRASES).map("".join)
ROWS = st.lists(LABELS | PHRASES | st.just(""), min_size=1, max_size=4).map(lambda cells: f"| {' | '.join(cells)} |")
PROSE = st.lists(PHRASES, min_size=1, max_size=12).map(lambda parts: f"{' '.join(parts).capitalize()}.")
ENDS = st.sampled_from(["", " ...", "2018-7", " ...2018-9T"])
ENTRIES = st.tuples(PHRASES, ENDS).map(lambda parts: f"• {''.join(parts)}")
BREAKS = st.sampled_from(["", "Souvenir Sheet", "小型张", "Supporting Information", "邮票", "| |", "2018 Stamps"])
LINES = st.one_of(LABELLED, ROWS, PROSE, ENTRIES, BREAKS, PHRASES)
FOLDERS = st.sampled_from(["stamp", "report", "category", "folder"])
IS_OURS = re.compile(r"z[b-m]{4,6}|[龘靐齉爩鱻麤灪籱]+")


def everything_in(page: LegacyPage) -> str:
    stamp = page.stamp or StampFacts()
    parts = [page.title, page.subtitle, page.source_label, page.author, page.credit, plain_text(page.body)]
    parts += [*page.findings, page.section_label, *(value for _, value in stamp.printed_fields)]
    parts += [label for label, _ in stamp.printed_fields]
    for listed in page.year_list.issues if page.year_list else ():
        parts += [listed.title, listed.text]
    return "\n".join(parts).casefold()


@settings(max_examples=150, deadline=None)
@given(lines=st.lists(LINES, max_size=20), folder=FOLDERS)
def test_every_word_is_in_a_field_a_text_or_a_finding(lines: list[str], folder: str) -> None:
    page = read_page("\n".join([f"http://old.example/html1/{folder}/1-1.htm", "", *lines]))

    everything = everything_in(page)
    lost = [word for line in lines for word in IS_OURS.findall(line.casefold()) if word not in everything]
    assert lost == []


@settings(max_examples=100, deadline=None)
@given(lines=st.lists(LABELLED | ROWS | PROSE, max_size=12))
def test_value_that_is_not_understood_is_reported(lines: list[str]) -> None:
    """A field that was printed is a fact, or else it is in a finding or the text."""
    page = read_page("\n".join(["http://old.example/html1/stamp/1-1.htm", "", "Lanterns", *lines, "Perforation: 13"]))

    assert page.stamp is not None
    facts = page.stamp
    texts = [page.title, facts.size, facts.perforation, facts.sheet_composition, facts.process, facts.printer]
    texts += [name for _, name in facts.credits]
    everything = "\n".join([*texts, plain_text(page.body), page.credit, page.subtitle, *page.findings]).casefold()
    lost = [word for line in lines for word in IS_OURS.findall(line.casefold()) if word not in everything]
    assert lost == []


@pytest.mark.parametrize("line", ["Print", "Supporting Information", "小型张", "| --- |", "1. Kept words", "kept 08"])
def test_line_without_words_of_its_own_is_no_loss(line: str) -> None:
    assert lines_left_over([line], kept=["Kept words 8"]) == []


def test_lost_words_are_found() -> None:
    assert lines_left_over(["Kept words", "lost words", "志号留下", "丢失"], kept=["Kept words", "志号", "留下"]) == [
        "lost words",
        "丢失",
    ]
