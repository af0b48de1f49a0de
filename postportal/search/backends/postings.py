"""Binary format of postings: the entries of a block that have a term."""

from collections.abc import Collection, Iterable

import numpy as np

# The number of the entry in its block, and the counts of the term in its titles and in its texts.
POSTING_DTYPE = np.dtype([("entry", "<u2"), ("title", "u1"), ("text", "u1")])
PLACE_DTYPE = np.dtype("<u2")
MAX_OCCURRENCES = 255
MAX_PLACE = 65_535
# Places left between two fields, so that no phrase matches across them.
FIELD_GAP = 50
TITLE_WEIGHT = 2
WHOLE_TITLE_PREFIX = "="


def whole_title_term(terms: Iterable[str]) -> str:
    """Return the term that stands for a whole title."""
    return (WHOLE_TITLE_PREFIX + " ".join(terms))[:80]


def remove_entries(entries: bytes, places: bytes, *, gone: Collection[int]) -> tuple[bytes, bytes]:
    """Return the posting without the entries in `gone`."""
    rows = np.frombuffer(entries, dtype=POSTING_DTYPE)
    remain = ~np.isin(rows["entry"], list(gone))
    counts = rows["title"].astype(np.int64) + rows["text"]
    remaining_places = np.frombuffer(places, dtype=PLACE_DTYPE)[np.repeat(remain, counts)]
    return rows[remain].tobytes(), remaining_places.tobytes()


def replace_entry(entries: bytes, places: bytes, *, slot: int, new: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    """Return the posting with `new`, the posting of this entry alone, in place of what it has of the entry. A save
    changes one entry in hundreds of postings, so that nothing else is looked at."""
    rows = np.frombuffer(entries, dtype=POSTING_DTYPE)
    first, last = np.searchsorted(rows["entry"], [slot, slot + 1]).tolist()
    start, end = (int(rows["title"][:rank].sum() + rows["text"][:rank].sum()) for rank in (first, last))
    row, place = POSTING_DTYPE.itemsize, PLACE_DTYPE.itemsize
    return (
        entries[: first * row] + new[0] + entries[last * row :],
        places[: start * place] + new[1] + places[end * place :],
    )


def merge_postings(first: tuple[bytes, bytes], second: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    """Merge two postings of the same term into one, sorted by entry as every reader expects."""
    if not first[0] or not second[0]:
        return first if first[0] else second
    entries, places = first[0] + second[0], first[1] + second[1]
    if _entry_number(first[0][-POSTING_DTYPE.itemsize :]) < _entry_number(second[0]):
        return entries, places
    rows = np.frombuffer(entries, dtype=POSTING_DTYPE)
    order = np.argsort(rows["entry"], kind="stable")
    counts = rows["title"].astype(np.int64) + rows["text"]
    starts = (np.cumsum(counts) - counts)[order]
    counts = counts[order]
    which = np.repeat(starts - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())
    return rows[order].tobytes(), np.frombuffer(places, dtype=PLACE_DTYPE)[which].tobytes()


def _entry_number(row: bytes) -> int:
    return int.from_bytes(row[:2], "little")
