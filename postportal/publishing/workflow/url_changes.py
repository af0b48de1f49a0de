"""Changes of public URLs. Publishing reports which URLs an item leaves and takes over; the app that stores redirects
registers here, because publishing does not import it."""

from collections.abc import Callable
from typing import NamedTuple

from django.db import models

UrlMap = dict[str, models.Model]


class RedirectKeeper(NamedTuple):
    """`record(item, before, after, new_address)` stores redirects; `taken_over(urls, item)` returns current ones."""

    record: Callable[[models.Model, UrlMap, UrlMap, str], None]
    taken_over: Callable[[UrlMap, models.Model], list[tuple[str, str]]]


_redirect_keepers: list[RedirectKeeper] = []


def register_redirects(keeper: RedirectKeeper) -> None:
    if keeper not in _redirect_keepers:
        _redirect_keepers.append(keeper)


def record_url_change(item: models.Model, *, before: UrlMap, after: UrlMap, new_address: str = "") -> None:
    """Redirect every URL that is only in `before` to the current URL of its row, or to `new_address`, and remove
    redirects from the URLs in `after`. Called in the transaction of the step."""
    for keeper in _redirect_keepers:
        keeper.record(item, before, after, new_address)


def taken_over_urls(item: models.Model, urls: UrlMap) -> list[tuple[str, str]]:
    """Return (URL, name of its target) for the URLs that currently redirect to something else."""
    return [redirect for keeper in _redirect_keepers for redirect in keeper.taken_over(urls, item)]
