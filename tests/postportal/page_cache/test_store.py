import datetime as dt
from collections.abc import Iterator

import pytest
from django.utils import timezone
from pytest_django import Settings

from postportal.page_cache.page_cache import PageCache
from postportal.publishing.models import State
from tests.factories.news import article, section
from tests.page_caches import ask, is_kept, page_cache

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _debug(settings: Settings) -> None:
    """The header that tells a hit is only sent in development."""
    settings.DEBUG = True


@pytest.fixture
def cache() -> Iterator[PageCache]:
    with page_cache() as made:
        yield made


def test_memory_is_bounded_and_the_oldest_page_goes_first() -> None:
    urls = [article().get_absolute_url() for _ in range(12)]
    with page_cache(max_bytes=150_000) as cache:
        for url in urls:
            ask(cache, url)

        assert 2 < len(cache) < 12
        assert cache._store.size <= 150_000
        assert (is_kept(cache, urls[-1]), is_kept(cache, urls[0])) == (True, False)


def test_draft_and_embargo_of_an_article_are_never_kept(cache: PageCache) -> None:
    hidden = [
        article(state=State.DRAFT, publish_at=None),
        article(publish_at=timezone.now() + dt.timedelta(days=1)),
    ]

    assert [ask(cache, row.get_absolute_url()).status for row in hidden] == ["404 Not Found"] * 2
    assert len(cache) == 0


def test_menu_shows_a_section_when_it_gets_its_first_article(cache: PageCache) -> None:
    first = section("Transport")
    ask(cache, "/")
    article(section=first)

    assert not is_kept(cache, "/")
