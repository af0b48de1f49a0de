import pytest
from hypothesis import given
from hypothesis import strategies as st

from postportal.richtext.plain_text import plain_text, text_to_html
from postportal.richtext.sanitize import clean_html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p>one</p><p>two</p>", "one\ntwo"),
        ("<p>a <strong>b</strong>c<br>d</p>", "a bc\nd"),
        ("<p>1 &lt; 2 &amp;&amp; 3&nbsp;&gt; 2</p>", "1 < 2 && 3 > 2"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "a\nb"),
        ("<table><tr><th>To</th><td>6</td></tr><tr><td>x</td></tr></table>", "To 6\nx"),
        ("<p>one\n  line</p>", "one line"),
        ("<script>x()</script><p>a</p>", "a"),
        ('<figure><img src="/a.png" alt="van"><figcaption>c <span class="cr">d</span></figcaption></figure>', "c d"),
        ("no markup", "no markup"),
        ("<p>Price <s>8 yuan</s> <del>7</del> <ins>6 yuan</ins></p>", "Price 6 yuan"),
        ('<p>Price <span style="text-decoration: line-through">8 yuan</span> 6 yuan</p>', "Price 6 yuan"),
        ("<pre>one\n  two</pre>", "one\ntwo"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "a\nb"),
    ],
)
def test_plain_text_reads_like_the_page(html: str, text: str) -> None:
    assert plain_text(html) == text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("one", "<p>one</p>"),
        ("one\ntwo", "<p>one</p>\n<p>two</p>"),
        ("one\nmore\n\n\ntwo\r\n", "<p>one<br>more</p>\n<p>two</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        ("· one\n· two", "<ul><li>one</li><li>two</li></ul>"),
        (" \n \n", ""),
    ],
)
def test_text_to_html_makes_paragraphs_and_lists(text: str, html: str) -> None:
    assert text_to_html(text) == html


_MARKUP = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *(
                    "<p>",
                    "</p>",
                    "<br>",
                    "<b>",
                    "</b>",
                    *("<s>", "</s>", '<del lang="fr">', "</del>", "<pre>", "</pre>", "<dl><dt>", "<dd>", "</dl>"),
                    "<ul><li>",
                    "</li></ul>",
                    "<table><tr><th>",
                    "<td>",
                    "</table>",
                ),
                *(
                    "<h2>",
                    "</h2>",
                    "<blockquote>",
                    '<a href="/a?b>c&amp;d">',
                    "</a>",
                    '<img src="/a.png" alt="a > b <c>">',
                ),
                *("<ol start=2 type=a><li>", "&amp;", "&lt;p&gt;", "&nbsp;", "\n", " ", "· one", "<script>x</script>"),
            ]
        ),
        st.text(max_size=8),
    ),
    max_size=15,
).map("".join)


@given(_MARKUP)
def test_clean_html_gives_the_same_text_without_a_tree(markup: str) -> None:
    clean = clean_html(markup)

    assert plain_text(clean) == plain_text(str(clean))
