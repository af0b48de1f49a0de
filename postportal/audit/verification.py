"""Verification that the audit log is as it was written."""

from collections.abc import Iterator
from typing import NamedTuple

from postportal.audit.models import GENESIS_HASH, Entry, Head

BATCH_SIZE = 2000


class BrokenChainError(Exception):
    """The log has been tampered with. The message names the first entry that is wrong."""


class ChainLink(NamedTuple):
    number: int
    hash: str


CHAIN_START = ChainLink(0, GENESIS_HASH)


def verify_chain(*, expected: set[str] | None = None) -> ChainLink:
    """Check the whole chain and return its newest link. Raise BrokenChainError at the first entry that is wrong.

    `expected` are hashes printed earlier and stored elsewhere: each must still be in the log. Nothing else uncovers
    someone with write access to the database who has recomputed the whole chain and its head."""
    missing = set(expected or ()) - {GENESIS_HASH}
    # Read first: entries written during the check only make the chain longer.
    head = Head.objects.filter(pk=Head.SINGLETON_PK).first()
    last = CHAIN_START
    for entry in _entries():
        last = _check_next(last, entry)
        missing.discard(last.hash)
        if head and last.number == head.number and last.hash != head.hash:
            raise BrokenChainError(f"Entry {last.number} does not match the head of the log.")
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
        return ""  # SQLite stores values of any type, even in the column of the time.


def _check_end(last: ChainLink, head: Head | None) -> None:
    if head is None:
        if last != CHAIN_START:
            raise BrokenChainError(f"The head of the log is missing. The newest entry is {last.number}.")
    elif last.number < head.number:
        raise BrokenChainError(f"Entry {last.number + 1} is missing.")
    elif Head.objects.filter(pk=Head.SINGLETON_PK, number__lt=last.number).exists():
        raise BrokenChainError(f"Entry {head.number + 1} is beyond the head of the log.")


def _entries() -> Iterator[Entry]:
    """Yield all entries in order, read in batches: an open cursor would keep the database from removing old rows."""
    after = 0
    rows = Entry.objects.order_by("number")
    while numbers := list(rows.filter(number__gt=after).values_list("number", flat=True)[:BATCH_SIZE]):
        if not all(isinstance(number, int) for number in numbers):
            raise BrokenChainError(f"There is an entry without a number after entry {after}.")
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
