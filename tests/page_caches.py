"""Page caches as processes have them, asked as a server asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from wsgiref.util import setup_testing_defaults

from django.core.handlers.wsgi import WSGIHandler

from postportal.page_cache.page_cache import PageCache


class Answer(NamedTuple):
    status: str
    headers: dict[str, str]
    body: bytes

    @property
    def outcome(self) -> str:
        """“hit” or “miss”; blank if the page cache had no part in it."""
        return self.headers.get("X-Page-Cache", "").partition(";")[0]


def ask(application: Any, url: str, *, method: str = "GET", **environ: str) -> Answer:
    path, _, query = url.partition("?")
    values: dict[str, Any] = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, **environ}
    values.setdefault("HTTP_HOST", "localhost")
    setup_testing_defaults(values)
    started: list[Any] = []
    response = application(values, lambda *args: started.append(args))
    body = b"".join(response)
    getattr(response, "close", lambda: None)()
    return Answer(started[-1][0], dict(started[-1][1]), body)


@contextmanager
def page_cache(*, application: Any = None, max_bytes: int = 50_000_000) -> Iterator[PageCache]:
    cache = PageCache(application or WSGIHandler(), max_bytes=max_bytes)
    try:
        yield cache
    finally:
        cache.close()


def is_kept(cache: PageCache, url: str) -> bool:
    """Return whether the page is kept now; if not, it is from now on."""
    return ask(cache, url).outcome == "hit"
