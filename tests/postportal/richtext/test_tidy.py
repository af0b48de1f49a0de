import pytest

from postportal.richtext.sanitize import clean_html

IMAGE = '<img src="/media/a.webp" alt="" loading="lazy" decoding="async">'


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("<ul><li><p>a</p></li></ul>", "<ul><li>a</li></ul>"),
        ("<ul><li>a</li><li> </li></ul>", "<ul><li>a</li></ul>"),
        ("<ul></ul>", ""),
        ("<ul>loose<li>a</li></ul>", "<ul><li>loose</li><li>a</li></ul>"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li><p>a</p><p>b</p></li></ul>"),
        ('<ol start="4"><li>a</li></ol>', '<ol start="4"><li>a</li></ol>'),
        ('<ol type="a"><li>a</li></ol>', '<ol type="a"><li>a</li></ol>'),
        ('<ol type="disc"><li>a</li></ol>', "<ol><li>a</li></ol>"),
    ],
)
def test_lists_are_completed(dirty: str, clean: str) -> None:
    assert clean_html(dirty) == clean


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ('<p>a<img src="/media/a.webp">b</p>', f"<p>ab</p>\n<figure>{IMAGE}</figure>"),
        ('<img src="/media/a.webp">', f"<figure>{IMAGE}</figure>"),
        ('<ul><li><img src="/media/a.webp"></li></ul>', f"<ul><li><figure>{IMAGE}</figure></li></ul>"),
        ('<h2>a<img src="/media/a.webp"></h2>', f'<h2 id="s-a">a</h2>\n<figure>{IMAGE}</figure>'),
        ("<figure><figcaption>alone</figcaption></figure>", "<p>alone</p>"),
        ('<figure><img src="/media/a.webp"><figcaption> </figcaption></figure>', f"<figure>{IMAGE}</figure>"),
        (
            '<img src="/media/a.webp" srcset="/media/a.webp 1x, //evil.example/b 480w" width="0" height="x">',
            f"<figure>{IMAGE}</figure>",
        ),
    ],
)
def test_pictures_are_put_into_figures(dirty: str, clean: str) -> None:
    assert clean_html(dirty) == clean


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("<blockquote>a</blockquote>", '<blockquote class="quote"><p>a</p></blockquote>'),
        (
            "<blockquote><p>a</p><footer>Zhou Mei</footer></blockquote>",
            '<blockquote class="quote"><p>a</p><footer>Zhou Mei</footer></blockquote>',
        ),
        ("<blockquote><footer>alone</footer></blockquote>", "<p>alone</p>"),
        ("<blockquote> </blockquote>", ""),
        ("<footer>a</footer>", "<p>a</p>"),
        ('<div class="inset warning"><p>a</p></div>', '<div class="inset"><p>a</p></div>'),
        ('<div class="inset">a<footer>b</footer></div>', '<div class="inset"><p>a</p><p>b</p></div>'),
    ],
)
def test_quotes_and_notices_are_kept(dirty: str, clean: str) -> None:
    assert clean_html(dirty) == clean


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("loose <em>text</em><p>a</p>", "<p>loose <em>text</em></p>\n<p>a</p>"),
        ("<p>a <strong></strong>b</p>", "<p>a b</p>"),
        (
            '<p><a>plain</a> <a href="/b/">c <a href="/d/">e</a></a></p>',
            '<p>plain <a href="/b/">c </a><a href="/d/">e</a></p>',
        ),
        ("<h2>Same</h2><h3>Same</h3>", '<h2 id="s-same">Same</h2>\n<h3 id="s-same-2">Same</h3>'),
    ],
)
def test_inline_content_is_tidied(dirty: str, clean: str) -> None:
    assert clean_html(dirty) == clean


FIGURE = f"<figure>{IMAGE}</figure>"


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ('<a href="/x/"><img src="/media/a.webp"></a>', f'<figure><a href="/x/">{IMAGE}</a></figure>'),
        (
            '<figure><img src="/media/a.webp"><img src="/media/a.webp"><figcaption>c</figcaption></figure>',
            f"{FIGURE}\n<figure>{IMAGE}<figcaption>c</figcaption></figure>",
        ),
        ('<figure>a<img src="/media/a.webp">b</figure>', f"<p>ab</p>\n{FIGURE}"),
        (
            '<figure><img src="https://a.example/b.png"><figcaption>c</figcaption></figure>',
            "<p>c</p>",
        ),
        ("<figure><pre>a</pre><figcaption>b</figcaption></figure>", "<pre>a</pre>\n<p>b</p>"),
        (
            "<figure><blockquote>a</blockquote><figcaption>b</figcaption></figure>",
            '<blockquote class="quote"><p>a</p><footer>b</footer></blockquote>',
        ),
        (
            '<blockquote>a<footer>b<img src="/media/a.webp"></footer></blockquote>',
            f'<blockquote class="quote"><p>a</p>{FIGURE}<footer>b</footer></blockquote>',
        ),
        ('<pre>a<img src="/media/a.webp"></pre>', f"<pre>a</pre>\n{FIGURE}"),
        ('<dl><dt>a<img src="/media/a.webp"></dt></dl>', f"<dl><dt>a</dt><dd>{FIGURE}</dd></dl>"),
    ],
)
def test_pictures_keep_link_caption_and_place(dirty: str, clean: str) -> None:
    assert clean_html(dirty) == clean


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("<pre>a\n  b</pre>", "<pre>a\n  b</pre>"),
        ("<pre>\n\na<br>b\n\n</pre>", "<pre>a\nb</pre>"),
        ("<pre><p>a</p><p>b</p></pre>", "<pre>a\nb</pre>"),
        ("<listing>a\nb</listing>", "<pre>a\nb</pre>"),
        ("<table><caption><pre>a\nb</pre></caption><td>c", "<caption>a<br>b</caption>"),
        ("<ul><li><pre>a\nb</pre></li></ul>", "<ul><li><pre>a\nb</pre></li></ul>"),
        ("<p style='white-space: pre-line'>a\n<b>b\nc</b></p>", "<p>a<br><strong>b<br>c</strong></p>"),
        ("<td><span style='white-space:pre-wrap'>a\nb</span>", "a<br>b"),
        ("<p style='white-space:nowrap'>a\nb</p>", "<p>a\nb</p>"),
    ],
)
def test_lines_stay_lines(dirty: str, clean: str) -> None:
    assert clean in clean_html(dirty)


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("<dl><dt>a<dd>b<dd>c<dt>d<dd>e</dl>", "<dl><dt>a</dt><dd>b</dd><dd>c</dd><dt>d</dt><dd>e</dd></dl>"),
        ("<dl><div><dt>a<dd><p>b</p></div></dl>", "<dl><dt>a</dt><dd>b</dd></dl>"),
        ("<dl><dt>a</dl>", "<dl><dt>a</dt><dd></dd></dl>"),
        ("<dl><dt></dt><dd>a</dd><dt>b</dt><dd>c</dd></dl>", "<p>a</p>\n<dl><dt>b</dt><dd>c</dd></dl>"),
        ("<dl><dd>a<dt>b<dd>c</dl>", "<p>a</p>\n<dl><dt>b</dt><dd>c</dd></dl>"),
        ("<dl><dt>a</dt>loose<b>!</b></dl>", "<dl><dt>a</dt><dd>loose<strong>!</strong></dd></dl>"),
        ("<dt>a</dt><dd>b</dd>", "<p>a</p>\n<p>b</p>"),
        ("<ol><li>a<li> <li>c<li></ol>", "<ol><li>a</li><li></li><li>c</li></ol>"),
        ("<ol reversed><li value=9>a</ol>", '<ol reversed="reversed"><li value="9">a</li></ol>'),
        ("<ol><li style='list-style-type: upper-roman'>a</ol>", '<ol type="I"><li>a</li></ol>'),
    ],
)
def test_terms_and_numbers_keep_their_meaning(dirty: str, clean: str) -> None:
    assert clean_html(dirty) == clean


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("<p><s>a</s><strike>b</strike></p>", "<p><s>a</s><s>b</s></p>"),
        ("<p><del>a</del> <ins>b</ins></p>", "<p><del>a</del> <ins>b</ins></p>"),
        ("<del><p>a</p><ul><li>b</li></ul></del>", "<p><del>a</del></p>\n<ul><li><del>b</del></li></ul>"),
        ('<p style="text-decoration: line-through red">a</p>', "<p><s>a</s></p>"),
        ("<h2><del>a</del> b</h2>", '<h2 id="s-a-b"><del>a</del> b</h2>'),
        ('<p>10<span style="vertical-align: super">2</span></p>', "<p>10<sup>2</sup></p>"),
        ('<b style="font-weight:normal"><p>a</p></b>', "<p>a</p>"),
        ("<ruby>邮<rt>yóu</rt></ruby>", "<p>邮(yóu)</p>"),
        ("<ruby>邮<rp>(</rp><rt>yóu</rt><rp>)</rp>票<rt>piào</rt></ruby>", "<p>邮(yóu)票(piào)</p>"),
        ("<b>a<div>b</div>c</b>", "<p><strong>a</strong></p>\n<p><strong>b</strong></p>\n<p><strong>c</strong></p>"),
        ('<a href="/x/"><h2>a</h2>b</a>', '<h2 id="s-a"><a href="/x/">a</a></h2>\n<p><a href="/x/">b</a></p>'),
        ("<h2>a<ul><li>b</li></ul>c</h2>", '<h2 id="s-a">a</h2>\n<ul><li>b</li></ul>\n<h2 id="s-c">c</h2>'),
        ("<blockquote>a<footer>b</footer><footer>c</footer></blockquote>", "<p>a</p><footer>b<br>c</footer>"),
        ("<figcaption>a<p>b</p>c</figcaption>", "<p>a</p>\n<p>b</p>\n<p>c</p>"),
        ("<details><summary>a</summary>b</details>", "<p>a</p>\n<p>b</p>"),
    ],
)
def test_meaning_survives(dirty: str, clean: str) -> None:
    assert clean in clean_html(dirty)
