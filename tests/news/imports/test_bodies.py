from pathlib import Path

import pytest

from news.imports.article_line import PictureFile
from news.imports.bodies import read_body
from news.imports.pictures import PictureFolder
from postportal.richtext.sanitize import clean_html
from tests.factories import images


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One.\n\nTwo < 3.", "<p>One.</p>\n<p>Two &lt; 3.</p>"),
        ("a <b and c> d", "<p>a &lt;b and c&gt; d</p>"),
        ("One.<br>Two.", "<p>One.<br>Two.</p>"),
        ("One <b>x</b>.\n\nTwo.", "<p>One <strong>x</strong>.</p>\n<p>Two.</p>"),
        ("Plain [gallery]\n\ntext", "<p>Plain</p>\n<p>text</p>"),
        ("", ""),
    ],
)
def test_body_is_html_partly_html_or_plain_text(text: str, html: str) -> None:
    assert read_body(text, pictures=PictureFolder(None)).html == html


def test_everything_left_out_is_counted() -> None:
    text = '[gallery ids="1"]<video></video><img src="a.jpg"><img src="https://o.example/b.png"><p>Text</p>'

    body = read_body(text, pictures=PictureFolder(None))

    assert body.html == "<p>Text</p>"
    assert body.html.left_out == {"gallery": 1, "video": 1, "missing_picture": 1, "foreign_picture": 1}
    assert body.refused_pictures == ["a.jpg: standard input has no folder with pictures"]


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "Night mail", "<p>Night mail</p>", "<p>Night mail</p>[gallery ids=1,2]"])
def test_gallery_is_at_the_end_of_the_text_and_stays_the_same(text: str, tmp_path: Path) -> None:
    (tmp_path / "van.png").write_bytes(images.upload().read())
    gallery = [PictureFile("van.png", alt="A van", credit="Li Na")]

    body = read_body(text, pictures=PictureFolder(tmp_path), gallery=gallery)

    start, figure = body.html.split("<figure>")
    assert start.strip() == ("<p>Night mail</p>" if text else "")
    assert figure.rstrip().endswith('<figcaption><span class="cr">Li Na</span></figcaption></figure>')
    assert body.html.left_out == {}
    assert read_body(text, pictures=PictureFolder(tmp_path), gallery=gallery).html == body.html
    assert clean_html(body.html) == body.html
