"""Check that nothing of a page is lost: each word is in a field, in the text or in a finding."""

import re
from collections.abc import Iterable, Sequence

from postportal.legacy.parsing.list_markers import read_list_markers
from postportal.legacy.parsing.page_tools import is_page_tool
from postportal.legacy.parsing.stamp_labels import field_name_of, is_heading, section_of
from postportal.legacy.parsing.table_rows import read_row
from postportal.legacy.parsing.text_cleaning import collapse_whitespace, to_half_width

_WORD = re.compile(r"[\u4e00-\u9fff]+|\d+|[^\W\d\u4e00-\u9fff_]+")
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
# The labels of source and author; the names after them are fields.
_LABELS_OF_CREDITS = set(
    _WORD.findall("source from reported report by author reporter 来源 稿件来源 供稿 作者 撰稿 记者 通讯员")
)
_RULE = re.compile(r"[\W_]*\Z")


def lines_left_over(lines: Sequence[str], *, kept: Iterable[str]) -> list[str]:
    """Return the lines with a word that is in none of the texts in `kept`. Page tools and headings are no content."""
    # Chinese has no blanks between words, so a run of characters may be cut in two by the end of a label.
    text = "\n".join(["", *kept]).casefold()
    text = to_half_width(text)
    words = {word.lstrip("0") for word in _WORD.findall(text)} | _LABELS_OF_CREDITS
    return [
        collapse_whitespace(line)
        for line in lines
        if not _is_noise(line) and any(not _has_word(word, words, text) for word in _words_of(line))
    ]


def _words_of(line: str) -> list[str]:
    """Return the words of the line without the marker of a list and the scheme of URLs."""
    markers = read_list_markers(line)
    line = line[max(marker.length for marker in markers) :] if markers else line
    return _WORD.findall(_SCHEME.sub("", to_half_width(line)).casefold())


def _is_noise(line: str) -> bool:
    cells = read_row(line)
    if cells and all(map(field_name_of, cells)):
        # The head of a table.
        return True
    return bool(_RULE.match(line)) or is_page_tool(line) or is_heading(line) or bool(section_of(line))


def _has_word(word: str, words: set[str], text: str) -> bool:
    if word.lstrip("0") in words:
        return True
    if not "\u4e00" <= word[0] <= "\u9fff":
        # "serv- -ices" is one word in the text.
        return len(word) > 1 and not word.isdigit() and word in text
    return _is_made_of_parts(word, text)


def _is_made_of_parts(word: str, text: str) -> bool:
    """Return True if the characters are in the text in runs: label and value are kept apart there."""
    start = 0
    while start < len(word):
        end = next((end for end in range(len(word), start, -1) if word[start:end] in text), start)
        if end == start:
            return False
        start = end
    return True
