"""Galleries: which ones a text may have, and what readers, feeds, versions and withdrawn pages get of them."""

import re

import pytest

from postportal.images.withdrawn_pictures import without_pictures
from postportal.richtext.diff_blocks import html_to_blocks
from postportal.richtext.gallery_links import GALLERY_SIZES, link_pictures
from postportal.richtext.plain_text import plain_text
from postportal.richtext.sanitize import clean_html


def figure(number: int, *, caption: str = "", alt: str = "A van") -> str:
    words = f"<figcaption>{caption}</figcaption>" if caption else ""
    url = f"/media/images/00/{number:024x}-800.webp"
    return f'<figure><img src="{url}" srcset="{url} 800w" alt="{alt}">{words}</figure>'


def gallery(count: int, *, caption: str = "") -> str:
    pictures = "".join(figure(number) for number in range(count))
    return f'<div class="gallery">{pictures}{f"<p>{caption}</p>" if caption else ""}</div>'


def sizes(html: str) -> list[int]:
    """Return the number of pictures of each gallery in the text."""
    return [part.count("<img") for part in re.findall(r'<div class="gallery">.*?</div>', html, re.DOTALL)]


@pytest.mark.parametrize(
    ("count", "galleries"), [(0, []), (1, []), (2, [2]), (12, [12]), (13, [12]), (14, [12, 2]), (25, [12, 12])]
)
def test_galleries_have_two_to_twelve_pictures_and_none_is_lost(count: int, galleries: list[int]) -> None:
    html = clean_html(gallery(count, caption="All of them"))

    assert (sizes(html), html.count("<figure>")) == (galleries, count)
    assert html.count("<p>All of them</p>") == 1
    assert clean_html(str(html)) == html


def test_other_blocks_follow_the_gallery_in_their_order() -> None:
    inner = f"<h2>Vans</h2>{figure(1, caption='One')}<p>All</p><ul><li>List</li></ul>{figure(2)}<p>Second</p>"
    html = clean_html(f'<div class="gallery evil" lang="en" onclick="x()">{inner}</div><p>After</p>')

    assert sizes(html.replace(' lang="en"', "")) == [2]
    assert "evil" not in html
    assert "onclick" not in html
    assert html.index("<p>All</p>") < html.index("</div>") < html.index("<h2") < html.index("<ul>")
    assert html.index("<p>Second</p>") < html.index("<p>After</p>")
    assert clean_html(str(html)) == html


def test_pictures_link_to_the_full_ones_and_captions_stay() -> None:
    html = clean_html(
        f'<div class="gallery">{figure(1, caption="A <em>van</em>", alt="A &gt; B")}{figure(2, alt="")}</div>'
    )

    shown = link_pictures(html)

    links = re.findall(r'<a href="([^"]*)"([^>]*)><img [^>]*src="([^"]*)"', shown)
    assert [(link == source) for link, _label, source in links] == [True, True]
    assert [bool(label) for _link, label, _source in links] == [False, True]
    assert shown.count(f'sizes="{GALLERY_SIZES}"') == 2
    assert "<figcaption>A <em>van</em></figcaption>" in shown
    assert 'alt="A &gt; B"' in shown


def test_own_links_and_pictures_outside_stay_as_they_are() -> None:
    linked = figure(1).replace("<img", '<a href="https://example.org/"><img').replace('van">', 'van"></a>')
    html = clean_html(f'<div class="gallery">{linked}{figure(2)}</div>{figure(3)}')

    shown = link_pictures(html)

    assert (shown.count("<a "), shown.count('href="https://example.org/"')) == (2, 1)
    assert shown.endswith(html[html.rindex("<figure>") :])


def test_words_are_found_and_compared_without_the_links() -> None:
    html = clean_html(f'<div class="gallery">{figure(1, caption="By rail")}{figure(2)}<p>By night</p></div>')

    assert plain_text(html) == "By rail\nBy night"
    assert [block.kind for block in html_to_blocks(html)] == [
        "Gallery",
        "Gallery › Caption",
        "Gallery",
        "Gallery",
    ]


def test_withdrawn_page_loses_the_whole_gallery() -> None:
    html = clean_html(f"<p>Before</p>{gallery(3, caption='All')}<p>After</p>")
    assert without_pictures(html).replace("\n", "") == "<p>Before</p><p>After</p>"
