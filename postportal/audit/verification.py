"""Is the log as it was written?"""

from collections.abc import Iterator
from typing import NamedTuple

from postportal.audit.models import NOTHING, Entry, Head

BATCH = 2000


class Broken(Exception):  # noqa: N818  It is what was found, not what went wrong.
    """The first entry that is not what was written, in words."""


class Link(NamedTuple):
    number: int
    hash: str


START = Link(0, NOTHING)


def verify(*, expected: set[str] | None = None) -> Link:
    """Walk the whole chain and return its newest link; raise `Broken` for the first entry that does not fit.

    `expected` are hashes noted earlier and kept elsewhere: each has to be in the log still. Only they uncover somebody
    who can write the database and computed the chain and its head anew."""
    missing = set(expected or ()) - {NOTHING}
    # Read before the walk: entries that are written meanwhile only make the chain longer.
    head = Head.objects.filter(pk=Head.ONLY).first()
    last = START
    for entry in _entries():
        last = _following(last, entry)
        missing.discard(last.hash)
        if head and last.number == head.number and last.hash != head.hash:
            raise Broken(f"Entry {last.number} is not the one that the head of the log names.")
    _check_end(last, head)
    if missing:
        raise Broken(f"No entry has the expected hash {min(missing)}.")
    return last


def _following(last: Link, entry: Entry) -> Link:
    if entry.number != last.number + 1:
        raise Broken(f"Entry {last.number + 1} is missing.")
    if entry.hash != _seal(entry):
        raise Broken(f"Entry {entry.number} was changed.")
    if entry.previous_hash != last.hash:
        raise Broken(f"Entry {entry.number} does not follow entry {last.number}: one of them was replaced.")
    return Link(entry.number, entry.hash)


def _seal(entry: Entry) -> str:
    try:
        return entry.seal()
    except (AttributeError, TypeError, ValueError):
        return ""  # SQLite keeps values of any kind, such as a moment that is none.


def _check_end(last: Link, head: Head | None) -> None:
    if head is None:
        if last != START:
            raise Broken(f"The head of the log is missing; entry {last.number} is the newest.")
    elif last.number < head.number:
        raise Broken(f"Entry {last.number + 1} is missing.")
    elif Head.objects.filter(pk=Head.ONLY, number__lt=last.number).exists():
        raise Broken(f"Entry {head.number + 1} is beyond the head of the log.")


def _entries() -> Iterator[Entry]:
    """All of them from the first on, a batch at a time: a cursor held open would keep old rows of the whole database
    from being cleaned up."""
    after = 0
    rows = Entry.objects.order_by("number")
    while numbers := list(rows.filter(number__gt=after).values_list("number", flat=True)[:BATCH]):
        if not all(isinstance(number, int) for number in numbers):
            raise Broken(f"After entry {after} there is one without a number.")
        try:
            yield from list(rows.filter(number__range=(numbers[0], numbers[-1])))
        except (TypeError, ValueError):
            yield from map(_single, numbers)
        after = numbers[-1]


def _single(number: int) -> Entry:
    try:
        return Entry.objects.get(number=number)
    except (TypeError, ValueError):
        raise Broken(f"Entry {number} was changed.") from None
