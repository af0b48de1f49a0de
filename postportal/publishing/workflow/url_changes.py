"""What becomes of addresses that readers know. Publishing says which ones are left and which are taken; whoever keeps
redirects registers here, since this subject knows no other."""

from collections.abc import Callable
from typing import NamedTuple

from django.db import models

UrlMap = dict[str, models.Model]


class RedirectKeeper(NamedTuple):
    """`keep(item, before, after, new_address)` notes a move, `others(addresses, item)` says what else they lead to."""

    record: Callable[[models.Model, UrlMap, UrlMap, str], None]
    taken_over: Callable[[UrlMap, models.Model], list[tuple[str, str]]]


_redirect_keepers: list[RedirectKeeper] = []


def register_redirects(keeper: RedirectKeeper) -> None:
    if keeper not in _redirect_keepers:
        _redirect_keepers.append(keeper)


def record_url_change(item: models.Model, *, before: UrlMap, after: UrlMap, new_address: str = "") -> None:
    """Lead from every address that only `before` has to where its row is now, and let nothing lead away from those of
    `after`. Called in the transaction of the step, so that neither is there without the other."""
    for keeper in _redirect_keepers:
        keeper.record(item, before, after, new_address)


def taken_over_urls(item: models.Model, addresses: UrlMap) -> list[tuple[str, str]]:
    """(address, what it leads to) for those addresses that now lead to something else."""
    return [found for keeper in _redirect_keepers for found in keeper.taken_over(addresses, item)]
