"""Is the log as it was written?"""

from collections.abc import Iterator
from typing import NamedTuple

from postportal.audit.models import GENESIS_HASH, Entry, Head

BATCH_SIZE = 2000


class BrokenChainError(Exception):
    """The first entry that is not what was written, in words."""


class ChainLink(NamedTuple):
    number: int
    hash: str


CHAIN_START = ChainLink(0, GENESIS_HASH)


def verify_chain(*, expected: set[str] | None = None) -> ChainLink:
    """Walk the whole chain and return its newest link; raise `Broken` for the first entry that does not fit.

    `expected` are hashes noted earlier and kept elsewhere: each has to be in the log still. Only they uncover somebody
    who can write the database and computed the chain and its head anew."""
    missing = set(expected or ()) - {GENESIS_HASH}
    # Read before the walk: entries that are written meanwhile only make the chain longer.
    head = Head.objects.filter(pk=Head.SINGLETON_PK).first()
    last = CHAIN_START
    for entry in _entries():
        last = _check_next(last, entry)
        missing.discard(last.hash)
        if head and last.number == head.number and last.hash != head.hash:
            raise BrokenChainError(f"Entry {last.number} is not the one that the head of the log names.")
    _check_end(last, head)
    if missing:
        raise BrokenChainError(f"No entry has the expected hash {min(missing)}.")
    return last


def _check_next(last: ChainLink, entry: Entry) -> ChainLink:
    if entry.number != last.number + 1:
        raise BrokenChainError(f"Entry {last.number + 1} is missing.")
    if entry.hash != _recomputed_hash(entry):
        raise BrokenChainError(f"Entry {entry.number} was changed.")
    if entry.previous_hash != last.hash:
        raise BrokenChainError(f"Entry {entry.number} does not follow entry {last.number}: one of them was replaced.")
    return ChainLink(entry.number, entry.hash)


def _recomputed_hash(entry: Entry) -> str:
    try:
        return entry.compute_hash()
    except (AttributeError, TypeError, ValueError):
        return ""  # SQLite keeps values of any kind, such as a moment that is none.


def _check_end(last: ChainLink, head: Head | None) -> None:
    if head is None:
        if last != CHAIN_START:
            raise BrokenChainError(f"The head of the log is missing; entry {last.number} is the newest.")
    elif last.number < head.number:
        raise BrokenChainError(f"Entry {last.number + 1} is missing.")
    elif Head.objects.filter(pk=Head.SINGLETON_PK, number__lt=last.number).exists():
        raise BrokenChainError(f"Entry {head.number + 1} is beyond the head of the log.")


def _entries() -> Iterator[Entry]:
    """All of them from the first on, a batch at a time: a cursor held open would keep old rows of the whole database
    from being cleaned up."""
    after = 0
    rows = Entry.objects.order_by("number")
    while numbers := list(rows.filter(number__gt=after).values_list("number", flat=True)[:BATCH_SIZE]):
        if not all(isinstance(number, int) for number in numbers):
            raise BrokenChainError(f"After entry {after} there is one without a number.")
        try:
            yield from list(rows.filter(number__range=(numbers[0], numbers[-1])))
        except (TypeError, ValueError):
            yield from map(_get_entry, numbers)
        after = numbers[-1]


def _get_entry(number: int) -> Entry:
    try:
        return Entry.objects.get(number=number)
    except (TypeError, ValueError):
        raise BrokenChainError(f"Entry {number} was changed.") from None
