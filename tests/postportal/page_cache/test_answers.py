import gzip
from collections.abc import Iterator
from typing import Any

import brotli
import pytest
from django.core.handlers.wsgi import WSGIHandler
from pytest_django import Settings

from postportal.page_cache.page_cache import PageCache
from tests.page_caches import ask, page_cache

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cache(settings: Settings) -> Iterator[PageCache]:
    settings.DEBUG = True
    with page_cache() as made:
        yield made


@pytest.mark.parametrize(("coding", "decode"), [("gzip", gzip.decompress), ("br", brotli.decompress), ("", bytes)])
def test_codings_have_their_own_tags_and_lengths(cache: PageCache, coding: str, decode: Any) -> None:
    ask(cache, "/")

    hit = ask(cache, "/", HTTP_ACCEPT_ENCODING=coding)

    assert decode(hit.body) == ask(cache, "/").body
    assert hit.headers.get("Content-Encoding", "") == coding
    assert hit.headers["Content-Length"] == str(len(hit.body))
    assert hit.headers["ETag"].endswith(f'-{coding}"' if coding else '"')


@pytest.mark.parametrize(
    "accepted", ["identity", "gzip;q=0", "deflate, br; q=0.0", "*", "gzip;q=x", "gzip;q=0;a=b", "br;\tq=0.000"]
)
def test_coding_that_is_not_accepted_is_not_sent(cache: PageCache, accepted: str) -> None:
    ask(cache, "/")

    assert "Content-Encoding" not in ask(cache, "/", HTTP_ACCEPT_ENCODING=accepted).headers


def test_client_that_has_the_page_gets_a_304_hit_or_miss() -> None:
    for coding in ("gzip", ""):
        with page_cache() as cache:
            tag = ask(WSGIHandler(), "/").headers["ETag"]
            sent = {"HTTP_IF_NONE_MATCH": f'W/"x", {tag}', "HTTP_ACCEPT_ENCODING": coding}
            answers = [ask(cache, "/", **sent) for _ in range(2)]

        assert [(answer.status, answer.body) for answer in answers] == [("304 Not Modified", b"")] * 2
        assert "Content-Length" not in answers[1].headers
        assert {"ETag", "Cache-Control", "Vary"} <= set(answers[1].headers)


def test_head_is_the_page_without_its_body(cache: PageCache) -> None:
    found = ask(cache, "/")

    head = ask(cache, "/", method="HEAD")

    assert (head.outcome, head.body) == ("hit", b"")
    assert head.headers["Content-Length"] == found.headers["Content-Length"]


def test_header_that_tells_a_hit_is_not_sent_in_production(cache: PageCache, settings: Settings) -> None:
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["localhost"]

    assert ["X-Page-Cache" in ask(cache, "/").headers for _ in range(2)] == [False, False]
