"""The form in which a block says which of its entries have a term."""

from collections.abc import Collection, Iterable

import numpy as np

# The entry in its block, and how often it has the term in its titles and in its texts.
POSTING_DTYPE = np.dtype([("entry", "<u2"), ("title", "u1"), ("text", "u1")])
PLACE_DTYPE = np.dtype("<u2")
MAX_OCCURRENCES = 255
MAX_PLACE = 65_535
# Between two fields, so that no phrase reaches from one into the next.
FIELD_GAP = 50
TITLE_WEIGHT = 2
WHOLE_TITLE_PREFIX = "="


def whole_title_term(terms: Iterable[str]) -> str:
    """The term of a title as a whole."""
    return (WHOLE_TITLE_PREFIX + " ".join(terms))[:80]


def remove_entries(entries: bytes, places: bytes, *, gone: Collection[int]) -> tuple[bytes, bytes]:
    """The posting without the entries that are gone."""
    rows = np.frombuffer(entries, dtype=POSTING_DTYPE)
    stays = ~np.isin(rows["entry"], list(gone))
    each = rows["title"].astype(np.int64) + rows["text"]
    kept = np.frombuffer(places, dtype=PLACE_DTYPE)[np.repeat(stays, each)]
    return rows[stays].tobytes(), kept.tobytes()


def merge_postings(one: tuple[bytes, bytes], other: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    """Two postings of one term as one, its entries by number, as all readers expect it."""
    if not one[0] or not other[0]:
        return one if one[0] else other
    entries, places = one[0] + other[0], one[1] + other[1]
    if _entry_number(one[0][-POSTING_DTYPE.itemsize :]) < _entry_number(other[0]):
        return entries, places
    rows = np.frombuffer(entries, dtype=POSTING_DTYPE)
    order = np.argsort(rows["entry"], kind="stable")
    each = rows["title"].astype(np.int64) + rows["text"]
    starts = np.cumsum(each) - each
    parts = np.frombuffer(places, dtype=PLACE_DTYPE)
    kept = np.concatenate([parts[starts[n] : starts[n] + each[n]] for n in order])
    return rows[order].tobytes(), kept.tobytes()


def _entry_number(row: bytes) -> int:
    return int.from_bytes(row[:2], "little")
