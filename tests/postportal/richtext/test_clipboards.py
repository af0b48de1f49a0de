"""Clipboards of other programs that reach the server without the editor: through its HTML view or an import."""

import re

import pytest

from postportal.richtext.plain_text import plain_text
from postportal.richtext.sanitize import clean_html
from tests.browser.clipboards import Clipboard, read_clipboards

_JUNK = re.compile(r"mso-|Mso|docs-internal|SCXW|style=|<!--|<o:|<font|data-|class=\"(?!quote|tw|r\b|notes|inset)")
# Where lines of the source end.
_JOINTS = re.compile(r"[\s-]")
_HTML = [clipboard for clipboard in read_clipboards() if clipboard.type == "text/html"]


@pytest.mark.parametrize("clipboard", _HTML, ids=lambda clipboard: clipboard.name)
def test_no_word_is_lost_and_no_markup_of_programs_is_stored(clipboard: Clipboard) -> None:
    cleaned = clean_html(clipboard.text)

    assert _JUNK.search(cleaned) is None
    text = _JOINTS.sub("", plain_text(cleaned))
    assert [word for word in words(clipboard.expected) if word not in text] == []


@pytest.mark.parametrize("clipboard", _HTML, ids=lambda clipboard: clipboard.name)
def test_text_of_the_editor_is_clean(clipboard: Clipboard) -> None:
    stored = clipboard.expected.split("\n<!--")[0]

    assert clean_html(stored) == stored


def words(html: str) -> list[str]:
    return re.findall(r"[^\W\d_]{2,}", plain_text(clean_html(html.split("\n<!--", maxsplit=1)[0])))
