from typing import Any

import pytest
from django.test import Client

from postportal.images.withdrawn_pictures import without_pictures
from postportal.publishing.models import State
from tests.factories import images, news, pages, services

WITHDRAWN = {"state": State.WITHDRAWN, "withdrawal_reason": "The picture is not ours."}


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a &amp; b</p>", "<p>a &amp; b</p>"),
        ('<p>a</p><figure><img src="/media/x.webp"><figcaption>c</figcaption></figure><p>b</p>', "<p>a</p><p>b</p>"),
        ('<blockquote>a<figure><a href="/x/"><img src="/m"></a></figure></blockquote>', "<blockquote>a</blockquote>"),
        ("<figure><table><tr><td>1</td></tr></table></figure>", "<figure><table><tr><td>1</td></tr></table></figure>"),
    ],
)
def test_pictures_leave_with_their_captions(html: str, expected: str) -> None:
    assert without_pictures(html) == expected


def withdrawn_items() -> list[Any]:
    picture = images.image()
    body = f'<p>The words stay.</p><figure><img src="/media/{picture.file.name}" alt=""></figure>'
    issue = services.stamp_issue("Viaducts", slug="viaducts", lead_image=picture, body=body, **WITHDRAWN)
    stamp = services.stamp(issue, image=picture, description="The words stay.")
    page = pages.page("Page", body=body, **WITHDRAWN)
    return [news.article("A", lead_image=picture, body=body, **WITHDRAWN), page, issue, stamp]


@pytest.mark.django_db
def test_page_of_a_withdrawn_item_keeps_its_text_without_pictures(client: Client) -> None:
    for item in withdrawn_items():
        page = client.get(item.get_absolute_url())
        assert (page.status_code, "The words stay." in page.text, "/media/" in page.text) == (200, True, False)
