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
