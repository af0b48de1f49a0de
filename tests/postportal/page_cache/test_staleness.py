"""A kept page equals the same page rendered now, whatever has happened. Two caches are two processes."""

import random
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
import time_machine
from django.core.handlers.wsgi import WSGIHandler

from postportal.page_cache.page_cache import PageCache
from tests.page_cache_changes import CLOCK_STEPS, START, STEPS, make_site, public_urls
from tests.page_caches import Answer, ask, page_cache

pytestmark = pytest.mark.django_db(transaction=True)
Clock = Any
# Changes of which each does something else, made more than once.
OFTEN = ["publish", "date", "feature"]
# Pages compared after each change, and after how many changes all are, in both processes. What one change has left
# stale stays so until another drops it.
AT_ONCE, ALL_AFTER = 6, 30


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    # Short lists, so that a few articles fill several pages.
    monkeypatch.setattr("news.views.articles.ArticleList.paginate_by", 3)
    monkeypatch.setattr("news.views.related_news.MAX_NEWS", 1)
    monkeypatch.setattr("news.feeds.MAX_ITEMS", 3)
    with time_machine.travel(START, tick=False) as travelled:
        make_site()
        yield travelled


@pytest.mark.same_on_every_django
def test_pages_are_never_stale_and_never_early(clock: Clock) -> None:
    chance = random.Random(44)
    names = [*sorted(STEPS), *OFTEN * 3, *sorted(CLOCK_STEPS) * 2]
    chance.shuffle(names)

    assert _first_stale([(name, chance.randrange(100)) for name in names], clock=clock) is None


def _first_stale(changes: Sequence[tuple[str, int]], *, clock: Clock) -> tuple[list[tuple[str, int]], str] | None:
    """Make the changes, and return those up to the first after which a kept page is not what Django renders, with its
    URL."""
    django, rendered = WSGIHandler(), []

    def application(environ: Any, start_response: Any) -> Any:
        rendered.append(environ["PATH_INFO"])
        return django(environ, start_response)

    def is_stale(cache: PageCache, url: str) -> bool:
        rendered.clear()
        kept = ask(cache, url)
        return not rendered and _compared(kept) != _compared(ask(django, url))

    done, chance = [], random.Random(45)
    with page_cache(application=application) as one, page_cache(application=application) as other:
        for place, (name, n) in enumerate([("nothing", 0), *changes]):
            done.append((name, n))
            STEPS[name](n) if name in STEPS else clock.shift(CLOCK_STEPS[name])
            urls = public_urls()
            is_full = place % ALL_AFTER == 0 or place == len(changes)
            for url in urls if is_full else chance.sample(urls, AT_ONCE):
                if any(is_stale(cache, url) for cache in ((one, other) if is_full else (one,))):
                    return done, url
    return None


def _compared(answer: Answer) -> tuple[str, dict[str, str], bytes]:
    left_out = ("Vary", "X-Page-Cache")
    return answer.status, {name: value for name, value in answer.headers.items() if name not in left_out}, answer.body
