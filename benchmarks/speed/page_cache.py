"""Benchmark of the page cache: hits a second beside a bare WSGI callable with the same bytes, and precision.

    DEBUG=1 python -m benchmarks.speed.page_cache                   a new SQLite database
    DEBUG=1 DATABASE_URL=postgres://… python -m benchmarks.speed.page_cache --create

Both are called in this process, without a server, so that only the portal's own work is compared. What a server adds
for each request makes the ratio under a server better. With a database that is named, the tables are created in it.
"""

import argparse
import datetime as dt
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

from django.db import transaction
from django.utils import timezone

SECONDS = 2.0
# Changes of each kind that precision is measured with.
CHANGES = 2
SECTIONS, TAGS, ARTICLES, PEOPLE, ORGANIZATIONS, ISSUES = 10, 300, 750, 60, 30, 60
LISTS = ["/", "/news/", "/people/", "/organizations/", "/services/", "/services/hotlines/", "/stamps/", "/sitemap/"]
FEEDS = ["/feeds/news.atom", "/feeds/news.rss", "/feeds/stamps.atom"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--create", action="store_true", help="fill the database that DATABASE_URL names")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if not options.create:
            os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'db.sqlite3'}"
        _prepare()
        with transaction.atomic():
            urls = _fill()
        results = {**_measure_hits(urls[0]), **_measure_precision(urls)}
    for name, value in results.items():
        sys.stdout.write(f"{name:44}{value:>12,.3g}\n" if isinstance(value, float) else f"{name:44}{value:>12,}\n")
    sys.stdout.write(json.dumps(results) + "\n")


def _prepare() -> None:
    import django
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "postportal.settings")
    django.setup()
    call_command("migrate", verbosity=0)


def _fill() -> list[str]:
    """Make an archive, and return the URLs that readers open: mostly articles, then items of other kinds and lists."""
    from django.utils.text import slugify

    from news.models import Organization, Person, Section
    from services.models import StampIssue

    public = {"publish_at": timezone.now() - dt.timedelta(days=1)}
    for n in range(SECTIONS):
        Section.objects.create(name=f"Section {n}", slug=slugify(f"Section {n}"))
    for n in range(PEOPLE):
        Person.objects.create(family_name=f"Zhou{n}", given_name="Mei", slug=f"zhou{n}-mei", **public)
    for n in range(ORGANIZATIONS):
        Organization.objects.create(name=f"Railway {n}", slug=f"railway-{n}", **public)
    for n in range(ISSUES):
        issued_on = dt.date(2026, 11, 1) - dt.timedelta(days=20 * n)
        fields = {"title": f"Horses {n}", "slug": f"horses-{n}", "issued_on": issued_on, "state": "published"}
        StampIssue.objects.create(**fields, **public).tags.add(f"Tag {n}")
    chance = random.Random(44)  # noqa: S311
    urls = [_publish(n, chance, days_ago=n).get_absolute_url() for n in range(ARTICLES)]
    rows = [row for model in (Section, Person, Organization, StampIssue) for row in model.objects.all()]
    months = {dt.date(2026, 11, 1) - dt.timedelta(days=30 * n) for n in range(5)}
    return [
        *(*urls, *LISTS, *FEEDS),
        *(row.get_absolute_url() for row in rows),
        *(f"/news/?page={n}" for n in range(2, 7)),
        *(f"/news/{month:%Y/%m}/" for month in months),
        *("/news/2026/", "/news/2025/"),
        *(f"/news/tag/tag-{n}/" for n in range(40)),
        *(f"/people/zhou{n}-mei/news/" for n in range(20)),
    ]


def _publish(n: int, chance: random.Random, *, days_ago: int) -> Any:
    """Publish an article with a section, three tags, and up to two people and an organization. A few tags and people
    are in many articles."""
    from news.models import Article, Mention, Organization, Person, Section

    text = "<p>" + "The road over the pass is open again and the letters go on. " * 40 + "</p>"
    row = Article.objects.create(
        title=f"Letter round {n} reopens",
        section=Section.objects.order_by("pk")[chance.randrange(SECTIONS)],
        body=text * 8,
        standfirst="By rail.",
        state="published",
        publish_at=timezone.now() - dt.timedelta(seconds=1),
        dateline_on=dt.date(2026, 11, 1) - dt.timedelta(days=days_ago),
    )
    row.tags.add(*(f"Tag {_often_low(chance, TAGS)}" for _ in range(3)))
    for order, place in enumerate({_often_low(chance, PEOPLE) for _ in range(chance.randrange(3))}):
        Mention.objects.create(article=row, person=Person.objects.order_by("pk")[place], order=order)
    if chance.random() < 0.5:
        place = _often_low(chance, ORGANIZATIONS)
        Mention.objects.create(article=row, organization=Organization.objects.order_by("pk")[place], order=9)
    return row


def _often_low(chance: random.Random, count: int) -> int:
    return int(count * chance.random() ** 1.5)


def _measure_hits(url: str) -> dict[str, float]:
    from django.core.wsgi import get_wsgi_application

    from postportal.page_cache.page_cache import PageCache

    django = get_wsgi_application()
    cache = PageCache(django, max_bytes=64_000_000)
    _call(cache, url)
    body, headers = _call(cache, url), _headers(cache, url)

    def bare(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", headers)
        return [body]

    rates = {
        "bare WSGI callable, requests/s": _rate(bare, url),
        "page cache, hits/s": _rate(cache, url),
        "Django without it, requests/s": _rate(django, url),
    }
    cache.close()
    return {**rates, "bytes of the page": len(body), "microseconds a hit": 1e6 / rates["page cache, hits/s"]}


def _measure_precision(urls: list[str]) -> dict[str, Any]:
    """Return how many pages each change drops, and on how many it can be seen, in percent. All others are compared
    with what Django renders."""
    from django.core.wsgi import get_wsgi_application

    from news.models import Article
    from postportal.page_cache.page_cache import PageCache

    django = get_wsgi_application()
    cache = PageCache(django, max_bytes=200_000_000)
    chance = random.Random(45)  # noqa: S311

    def measure(change: Callable[[], Any]) -> tuple[float, float]:
        before = {url: _call(cache, url) for _ in range(2) for url in urls}
        kept = len(cache)
        change()
        # Any page will do: the changes are read before the answer.
        _call(cache, "/people/")
        dropped = kept - len(cache)
        return 100 * dropped / kept, 100 * sum(_call(django, url) != before[url] for url in urls) / kept

    old = list(Article.objects.order_by("pk")[ARTICLES // 2 : ARTICLES // 2 + CHANGES])
    published = [measure(lambda: _publish(1, chance, days_ago=-1)) for _ in range(CHANGES)]
    corrected = [measure(partial(_retitle, row)) for row in old]
    cache.close()
    return {
        "pages": len(urls),
        "dropped by a new article of today, %": _mean(published, 0),
        "changed by a new article of today, %": _mean(published, 1),
        "dropped by a new title of an old article, %": _mean(corrected, 0),
        "changed by a new title of an old article, %": _mean(corrected, 1),
    }


def _mean(measured: list[tuple[float, float]], place: int) -> float:
    return sum(found[place] for found in measured) / len(measured)


def _retitle(row: Any) -> None:
    row.title = "Corrected title"
    row.save()


def _environ(url: str) -> dict[str, Any]:
    path, _, query = url.partition("?")
    environ: dict[str, Any] = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "localhost"}
    setup_testing_defaults(environ)
    return environ


def _call(application: Any, url: str) -> bytes:
    response = application(_environ(url), lambda *args: None)
    body = b"".join(response)
    getattr(response, "close", lambda: None)()
    return body


def _headers(application: Any, url: str) -> list[tuple[str, str]]:
    started: list[Any] = []
    application(_environ(url), lambda *args: started.append(args))
    return list(started[0][1])


def _rate(application: Any, url: str) -> float:
    """Return the requests a second, with the time that making the request itself takes."""
    count, start = 0, time.perf_counter()
    while time.perf_counter() - start < SECONDS:
        _call(application, url)
        count += 1
    return count / (time.perf_counter() - start)


if __name__ == "__main__":
    main()
