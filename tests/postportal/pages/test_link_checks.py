"""Dead links of an item before it is published."""

import pytest
from django.test import override_settings

from news.models import Article
from postportal.pages.link_checks import link_faults
from postportal.publishing.models import State
from tests.factories import news

pytestmark = pytest.mark.django_db


def dead(html: str) -> list[str]:
    return [fault.words for fault in link_faults(Article(body=html), None)]


@override_settings(SITE_URL="https://post.example")
@pytest.mark.parametrize(
    ("url", "is_dead"),
    [
        ("/news/", False),
        ("/no-such-page/", True),
        ("https://post.example/no-such-page/", True),
        ("https://post.example/news/", False),
        ("https://other.example/no-such-page/", False),
        ("//other.example/no-such-page/", False),
        ("mailto:desk@post.example", False),
        ("#there", False),
        ("#nowhere", True),
    ],
)
def test_links_to_nothing_of_this_site_are_dead(url: str, is_dead: bool) -> None:
    html = f'<h2 id="there">There</h2><p><a href="{url}">Timetable</a></p>'

    assert dead(html) == (["Timetable"] if is_dead else [])


def test_link_to_a_draft_is_dead() -> None:
    draft = news.article("Boats", state=State.DRAFT)

    assert dead(f'<p><a href="{draft.get_absolute_url()}">Boats</a></p>') == ["Boats"]
