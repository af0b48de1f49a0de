import pytest
from hypothesis import given
from hypothesis import strategies as st

from postportal.richtext.diff_blocks import html_to_blocks
from postportal.richtext.plain_text import plain_text
from postportal.richtext.sanitize import clean_html

TWO_NOTES = (
    '<p>a<a href="#s-fn-2"><sup>9</sup></a> b<a href="#n1">[1]</a></p>'
    '<ol class="notes"><li id="n1">one</li><li id="s-fn-2">two</li></ol>'
)


def test_notes_are_in_the_order_of_their_references_and_lead_back() -> None:
    assert clean_html(TWO_NOTES) == (
        '<p>a<a id="s-fnref-1" href="#s-fn-2"><sup>1</sup></a> b<a id="s-fnref-2" href="#s-n1">2</a></p>\n'
        '<ol class="notes"><li id="s-fn-2">two <a href="#s-fnref-1" aria-label="Back to the text">↩</a></li>'
        '<li id="s-n1">one <a href="#s-fnref-2" aria-label="Back to the text">↩</a></li></ol>'
    )


def test_lists_of_notes_become_one_at_the_end() -> None:
    dirty = (
        '<p>a<a href="#x">1</a></p><ol class="notes"><li id="x">one</li></ol>'
        '<p>b<a href="#y">1</a></p><ol class="notes"><li id="y">二</li></ol><p>c</p>'
    )

    assert clean_html(dirty) == (
        '<p>a<a id="s-fnref-1" href="#s-x">1</a></p>\n<p>b<a id="s-fnref-2" href="#s-y">2</a></p>\n<p>c</p>\n'
        '<ol class="notes"><li id="s-x">one <a href="#s-fnref-1" aria-label="Back to the text">↩</a></li>'
        '<li id="s-y">二 <a href="#s-fnref-2" aria-label="返回正文">↩</a></li></ol>'
    )


def test_note_without_reference_stays_last_without_link() -> None:
    dirty = '<p>a<a href="#y">1</a></p><ol class="notes"><li>loose</li><li id="y">bound</li></ol>'

    assert clean_html(dirty).endswith("↩</a></li><li>loose</li></ol>")


def test_note_with_two_references_leads_back_to_both() -> None:
    dirty = '<p>a<a href="#y">1</a> b<a href="#y">7</a></p><ol class="notes"><li id="y">note</li></ol>'

    assert clean_html(dirty) == (
        '<p>a<a id="s-fnref-1" href="#s-y">1</a> b<a id="s-fnref-1-2" href="#s-y">1</a></p>\n'
        '<ol class="notes"><li id="s-y">note <a href="#s-fnref-1" aria-label="Back to the text">↩</a> '
        '<a href="#s-fnref-1-2" aria-label="Back to the text">↩</a></li></ol>'
    )


def test_words_that_link_to_a_note_stay() -> None:
    dirty = '<p><a href="#y">see below</a></p><ol class="notes"><li id="y">note</li></ol>'

    assert clean_html(dirty) == ('<p><a href="#s-y">see below</a></p>\n<ol class="notes"><li id="s-y">note</li></ol>')


def test_removed_reference_takes_the_link_back_with_it() -> None:
    stored = clean_html(TWO_NOTES)
    without = stored.replace('<a id="s-fnref-1" href="#s-fn-2"><sup>1</sup></a>', "")

    assert clean_html(without) == (
        '<p>a b<a id="s-fnref-2" href="#s-n1">1</a></p>\n'
        '<ol class="notes"><li id="s-n1">one <a href="#s-fnref-2" aria-label="Back to the text">↩</a></li>'
        '<li id="s-fn-2">two</li></ol>'
    )


@pytest.mark.parametrize("html", ['<ol class="notes"></ol>', '<ol class="notes"><li><a href="#x">↩</a></li></ol>'])
def test_empty_list_of_notes_is_removed(html: str) -> None:
    assert clean_html(html) == ""


@given(
    st.lists(
        st.sampled_from(
            [
                *('<p>a<a href="#x">1</a></p>', '<p>b<sup><a href="#y" id="r">[2]</a></sup></p>', "<p>c</p>", "<hr>"),
                *(
                    '<ol class="notes">',
                    "</ol>",
                    '<li id="x">one</li>',
                    '<li id="y"><p>two</p><ul><li>z</li></ul></li>',
                ),
                *("<li><table><tr><td>t</td></tr></table></li>", '<blockquote class="pull"><p>q</p>', "</blockquote>"),
                *('<a href="#s-fnref-1">↩</a>', '<div class="inset">', "</div>", '<ol class="notes"><li>x</li></ol>'),
            ]
        ),
        max_size=10,
    ).map("".join)
)
def test_cleaning_notes_again_changes_nothing(html: str) -> None:
    stored = str(clean_html(html))

    assert str(clean_html(stored)) == stored


def test_links_back_are_no_words_of_the_text() -> None:
    stored = clean_html(TWO_NOTES)

    assert plain_text(stored) == "a1 b2\ntwo\none"
    blocks = html_to_blocks(stored)
    assert [block.kind for block in blocks] == ["Paragraph", "Footnotes › Item", "Footnotes › Item"]
    assert "↩" not in "".join(word.text for block in blocks for word in block.words)


def test_pull_quote_is_kept_and_named_in_comparisons() -> None:
    stored = clean_html('<blockquote class="pull x"><p>Closer now.</p></blockquote>')

    assert stored == '<blockquote class="pull quote"><p>Closer now.</p></blockquote>'
    assert [block.kind for block in html_to_blocks(stored)] == ["Pull quote"]
    assert clean_html('<a href="/x" aria-label="Something else">y</a>') == '<p><a href="/x">y</a></p>'
