import pytest

from postportal.richtext.external_videos import mark_videos, video_site
from postportal.richtext.sanitize import clean_html

IMG = '<img src="/media/images/00/000000000000000000000000.png" alt="A &gt; van">'


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.youtube.com/watch?v=x", "youtube.com"),
        ("https://youtu.be/x", "youtu.be"),
        ("https://m.bilibili.com/video/x", "bilibili.com"),
        ("http://youtube.com/x", ""),
        ("https://youtube.com.evil.example/x", ""),
        ("https://evil.example/youtube.com", ""),
        ("https://youtube.com@evil.example/", ""),
        ("https://notyoutube.com/", ""),
    ],
)
def test_only_named_sites_are_known(url: str, site: str) -> None:
    assert video_site(url) == site


def test_picture_says_where_it_leads_and_loads_nothing_from_there() -> None:
    url = "https://www.youtube.com/watch?v=x&amp;t=1"
    html = clean_html(f'<figure><a href="{url}">{IMG}</a><figcaption>By rail</figcaption></figure>')

    shown = mark_videos(html)

    assert '<figure class="external-video"><a href="https://www.youtube.com/watch?v=x&amp;t=1" rel="noopener">' in shown
    assert '<span class="video-label">Video on youtube.com</span></a><figcaption>By rail' in shown
    assert (shown.count("youtube.com"), "<iframe" in shown) == (2, False)


@pytest.mark.parametrize("url", ["https://example.org/", "/news/", "mailto:a@example.org"])
def test_other_pictures_stay_as_they_are(url: str) -> None:
    html = clean_html(f'<figure><a href="{url}">{IMG}</a></figure><figure>{IMG}</figure>')
    assert mark_videos(html) == html
