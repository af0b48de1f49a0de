"""Kept pages whose texts refer to items."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from news.models import Article
from postportal.page_cache.page_cache import PageCache
from postportal.pages.models import Snippet
from postportal.publishing.models import State
from tests.factories import news, pages
from tests.page_caches import ask, is_kept, page_cache

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cache(settings: Settings) -> Iterator[PageCache]:
    settings.DEBUG = True
    with page_cache() as made:
        yield made


def _pages_about(row: Article) -> list[str]:
    body = f'<p><a href="article:{row.pk}">More</a></p>'
    return [each.get_absolute_url() for each in (news.article("About", body=body), pages.page("About", body=body))]


def test_page_is_dropped_when_the_linked_item_is_renamed_or_hidden(cache: PageCache) -> None:
    row = news.article("Night mail")
    for url in _pages_about(row):
        seen = []
        for change in ({"slug": "by-night"}, {"state": State.DRAFT}, {"state": State.PUBLISHED, "slug": "at-night"}):
            seen.append((is_kept(cache, url), is_kept(cache, url)))
            Article.objects.filter(pk=row.pk).update(**change)
            html = ask(cache, url).body.decode()
            row.refresh_from_db()
            seen.append((f'<a href="{row.get_absolute_url()}">More</a>' in html, "<p>More</p>" in html))

        assert seen[1::2] == [(True, False), (False, True), (True, False)]
        assert all(kept for _first, kept in seen[::2])


def test_page_is_dropped_when_the_linked_item_becomes_public(cache: PageCache) -> None:
    at = timezone.now().replace(microsecond=0)
    with time_machine.travel(at, tick=False) as clock:
        row = news.article("Night mail", publish_at=at + dt.timedelta(seconds=5))
        urls = _pages_about(row)
        before = [(is_kept(cache, url), is_kept(cache, url)) for url in urls]
        clock.shift(6)
        linked = [f'<a href="{row.get_absolute_url()}">' in ask(cache, url).body.decode() for url in urls]

    assert (before, linked) == ([(False, True)] * 2, [True, True])


def test_other_items_do_not_drop_the_page(cache: PageCache) -> None:
    # The article itself shows other news.
    _article, url = _pages_about(news.article("Night mail"))
    ask(cache, url)
    news.article("Another", section=news.section("Elsewhere"))

    assert is_kept(cache, url)


def test_page_is_dropped_when_a_snippet_in_it_changes(cache: PageCache) -> None:
    snippet, other = pages.snippet(), pages.snippet("Other")
    url = pages.page(body=f'<p><a href="snippet:{snippet.pk}">x</a></p>').get_absolute_url()
    ask(cache, url)
    other.delete()
    kept = is_kept(cache, url)
    Snippet.objects.update(text="<p>Claim within 60 days.</p>")

    assert (kept, b"60 days" in ask(cache, url).body) == (True, True)
