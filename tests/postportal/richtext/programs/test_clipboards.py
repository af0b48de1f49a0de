"""Clipboards of other programs that reach the server without the editor's script: from a browser without JavaScript, an
import or a client of the API."""

import time

import pytest

from postportal.richtext.programs import clipboards
from postportal.richtext.sanitize import clean_html
from tests.browser.clipboards import Clipboard, read_clipboards

_HTML = [clipboard for clipboard in read_clipboards() if clipboard.type == "text/html"]
# Clipboards that become another text than in the editor, each with the reason.
_DIFFERENT = {
    "pdf-js-viewer": "Its lines are broken at the margin, which is the page's own layout and no mark of a program.",
}
_ARTICLE = '<p>The <strong>post</strong> of <a href="https://www.upu.int/en/1">the union</a> grows.</p>\n' * 350
_OWN = (
    '<h2 id="s-a">A</h2>\n'
    '<p id="s-q">x<a id="s-fnref-1" href="#s-fn-1"><sup>1</sup></a> <span lang="fr">mot</span> <ins>new</ins></p>\n'
    '<div class="inset"><p>A notice</p></div>\n'
    '<blockquote class="quote"><p>q</p><footer>Wen Hao</footer></blockquote>\n'
    '<figure><img src="/media/a.png" alt="A van" loading="lazy" decoding="async">'
    "<figcaption>A van</figcaption></figure>\n"
    "<dl><dt>t</dt><dd>d</dd></dl>\n"
    '<ol class="notes"><li id="s-fn-1">N <a href="#s-fnref-1" aria-label="Back to the text">↩</a></li></ol>'
)


def expected(clipboard: Clipboard) -> str:
    return clipboard.expected.split("\n<!--", maxsplit=1)[0]


@pytest.mark.parametrize("clipboard", _HTML, ids=lambda clipboard: clipboard.name)
def test_clipboard_becomes_the_text_that_the_editor_makes_of_it(clipboard: Clipboard) -> None:
    cleaned = clean_html(clipboard.text)

    assert (cleaned == expected(clipboard)) is (clipboard.name not in _DIFFERENT)
    assert clean_html(str(cleaned)) == cleaned
    assert clean_html(expected(clipboard)) == expected(clipboard)


def test_text_of_the_portal_around_a_paste_stays_as_it_is() -> None:
    pasted = _OWN.replace("<dl>", "<p class=MsoNormal>Pasted<o:p></o:p></p><dl>")

    assert clean_html(_OWN) == _OWN
    assert clean_html(pasted) == _OWN.replace("<dl>", "<p>Pasted</p>\n<dl>")


def test_text_about_a_program_is_not_rewritten() -> None:
    assert not clipboards.carries_marks("<p>In Word, <code>mso-list</code> and class=MsoNormal mark a list.</p>")
    assert not clipboards.carries_marks(_ARTICLE)


def test_search_for_marks_costs_next_to_nothing() -> None:
    start = time.process_time()
    for _turn in range(100):
        clipboards.carries_marks(_ARTICLE)

    # A millisecond each, where it takes a tenth of one.
    assert time.process_time() - start < 0.1


@pytest.mark.parametrize("unit", ["<style>", "<xml ", "<!--", "<a mso-", "<p class=MsoNormal><b>"])
def test_rewriting_takes_linear_time(unit: str) -> None:
    start = time.process_time()
    clean_html("<p class=MsoNormal>x</p>" + unit * 5000)

    # With quadratic time it would be minutes.
    assert time.process_time() - start < 20
