"""What becomes of addresses that readers know. Publishing says which ones are left and which are taken; whoever keeps
redirects registers here, since this subject knows no other."""

from collections.abc import Callable
from typing import NamedTuple

from django.db import models

Addresses = dict[str, models.Model]


class Keeper(NamedTuple):
    """`keep(item, before, after, new_address)` notes a move, `others(addresses, item)` says what else they lead to."""

    keep: Callable[[models.Model, Addresses, Addresses, str], None]
    others: Callable[[Addresses, models.Model], list[tuple[str, str]]]


_keepers: list[Keeper] = []


def register(keeper: Keeper) -> None:
    if keeper not in _keepers:
        _keepers.append(keeper)


def keep(item: models.Model, *, before: Addresses, after: Addresses, new_address: str = "") -> None:
    """Lead from every address that only `before` has to where its row is now, and let nothing lead away from those of
    `after`. Called in the transaction of the step, so that neither is there without the other."""
    for keeper in _keepers:
        keeper.keep(item, before, after, new_address)


def others(item: models.Model, addresses: Addresses) -> list[tuple[str, str]]:
    """(address, what it leads to) for those addresses that now lead to something else."""
    return [found for keeper in _keepers for found in keeper.others(addresses, item)]
