"""Generated markup, and its words and columns as a browser sees them, read without the code under test."""

import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser

import nh3
from hypothesis import strategies as st

from postportal.richtext.allowed_html import REMOVED_TAGS
from postportal.text.tidying import tidy_lines

_TAGS = [
    *("p", "div", "ul", "ol", "li", "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "blockquote"),
    *("footer", "figure", "figcaption", "h1", "h2", "h6", "section", "dl", "dt", "dd", "pre", "details", "summary"),
    *("strong", "b", "em", "a", "span", "s", "del", "ins", "strike", "u", "code", "sup", "br", "hr", "img", "ruby"),
    *("rt", "center", "font", "menu", "q", "address"),
]
_ATTRIBUTES = [
    *("", "", "", ' href="/a"', ' href="#x"', ' href="bad"', ' id="x"', ' name="y"', ' id="s-z"', ' src="/b.png"'),
    *(' class="inset"', ' class="cr"', ' lang="zh"', ' scope="col"', ' rowspan="2"', ' rowspan="0"', ' colspan="3"'),
    *(' style="text-decoration: line-through"', ' style="vertical-align:super"', " reversed", ' value="4"'),
    ' data-part="foot"',
]
_pieces = st.one_of(
    st.builds(lambda tag, attribute: f"<{tag}{attribute}>", st.sampled_from(_TAGS), st.sampled_from(_ATTRIBUTES)),
    st.sampled_from([f"</{tag}>" for tag in _TAGS]),
    st.sampled_from(["· a", "- b", "- 5", " ", "\n", "x", "y z", "&lt;x", "&amp;", "&lt;script&gt;", "\u00a0", "邮政"]),
    # What looks like the start of a tag is a test of its own.
    st.text(st.characters(exclude_characters="<"), max_size=6),
)
MARKUP = st.lists(_pieces, max_size=30).map("".join)
# Bullets that become lists, the brackets around the reading of characters, and what no text may contain.
_MARKS = re.compile(r"[·•●◦▪■‣⁃∙・\uf0b7\uf0a7()-]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_INLINE_TAGS = {
    *("strong", "b", "em", "i", "a", "span", "s", "del", "ins", "strike", "u", "code", "sup", "sub", "img", "font"),
    *("q", "ruby", "abbr", "cite"),
}
_TAG = re.compile(r"</?([a-z0-9]+)[^<>]*>")


def words_of(html: str) -> Counter[str]:
    """Return the words that a browser shows, without signs that nobody sees. They may move, as a caption does, but none
    may go or become part of another."""
    kept = {*_TAGS, "sub", "cite", "abbr", "i", "h3", "h4", "rp"}
    html = nh3.clean(_CONTROLS.sub("", html), tags=kept, clean_content_tags=REMOVED_TAGS)
    text = unescape(_TAG.sub(lambda tag: "" if tag[1] in _INLINE_TAGS else " ", html))
    return Counter(_MARKS.sub(" ", tidy_lines(text)).split())


class _Grid(HTMLParser):
    """Columns of every cell by its text. Spans end with their group of rows. For tables without nested ones."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: dict[str, tuple[int, ...]] = {}
        self.order: list[str] = []
        self.taken: dict[int, int] = {}
        self.cell: tuple[int, ...] = ()
        self.rows: dict[str, int] = {}
        self.row = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"thead", "tbody", "tfoot"}:
            self.taken = {}
        elif tag == "tr":
            self.row += 1
            self.taken = {column: rest - 1 for column, rest in self.taken.items() if rest > 1}
        elif tag in {"td", "th"}:
            values = dict(attrs)
            start = next(column for column in range(1000) if column not in self.taken)
            self.cell = tuple(range(start, start + int(values.get("colspan") or 1)))
            rows = int(values.get("rowspan") or 1) or 1000
            # A column taken from above stays taken as long as it was.
            self.taken |= {column: max(rows, self.taken.get(column, 0)) for column in self.cell}

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.columns[data.strip()] = self.cell
            self.order.append(data.strip())


def columns_of(html: str) -> dict[str, tuple[int, ...]]:
    """Return the columns of each cell of a table in which every cell has a text of its own."""
    grid = _Grid()
    grid.feed(html)
    return grid.columns


def _table(groups: list[tuple[str, list[list[tuple[str, int, int]]]]]) -> str:
    number = 0
    html = ""
    for tag, rows in groups:
        html += f"<{tag}>"
        for row in rows:
            html += "<tr>"
            for cell, columns, span in row:
                number += 1
                html += f'<{cell} colspan="{columns}" rowspan="{span}">c{number}</{cell}>'
            html += "</tr>"
        html += f"</{tag}>"
    return f"<table>{html}</table>"


_cells = st.tuples(st.sampled_from(["td", "td", "th"]), st.integers(1, 3), st.integers(0, 4))
_heads = st.tuples(st.just("th"), st.integers(1, 3), st.integers(1, 3))
_rows = st.one_of(st.lists(_cells, min_size=1, max_size=4), st.lists(_heads, min_size=1, max_size=4))
TABLES = st.lists(
    st.tuples(st.sampled_from(["thead", "tbody", "tbody", "tfoot"]), st.lists(_rows, min_size=1, max_size=4)),
    min_size=1,
    max_size=3,
).map(_table)
