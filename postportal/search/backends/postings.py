"""Binary format of postings: the entries of a block that have a term."""

from collections.abc import Collection, Iterable, Sequence

import numpy as np

from postportal.search.backends.block_format import Array

# A posting: its entries and their places.
PostingBytes = tuple[bytes, bytes]
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


def remove_entries(entries: bytes, places: bytes, *, gone: Collection[int]) -> PostingBytes:
    """Return the posting without the entries in `gone`."""
    rows = np.frombuffer(entries, dtype=POSTING_DTYPE)
    remain = ~np.isin(rows["entry"], list(gone))
    counts = rows["title"].astype(np.int64) + rows["text"]
    remaining_places = np.frombuffer(places, dtype=PLACE_DTYPE)[np.repeat(remain, counts)]
    return rows[remain].tobytes(), remaining_places.tobytes()


def replace_entry(stored: Sequence[PostingBytes], *, slot: int, new: Sequence[PostingBytes]) -> list[PostingBytes]:
    """Return each posting with the one beside it in `new`, which is of this entry alone, in place of what it has of the
    entry. A save changes one entry in hundreds of postings: all are searched at once."""
    if not stored:
        return []
    rows = np.frombuffer(b"".join(entries for entries, _places in stored), dtype=POSTING_DTYPE)
    sizes = [len(entries) // POSTING_DTYPE.itemsize for entries, _places in stored]
    ends = np.cumsum(sizes)
    starts = ends - sizes
    is_before, is_same = rows["entry"] < slot, rows["entry"] == slot
    first = starts + np.diff(_sums(is_before)[np.append(starts, ends[-1:])])
    last = first + np.diff(_sums(is_same)[np.append(starts, ends[-1:])])
    places_before = _sums(rows["title"].astype(np.int64) + rows["text"])
    row, place = POSTING_DTYPE.itemsize, PLACE_DTYPE.itemsize
    cuts = [(first - starts) * row, (last - starts) * row]
    cuts += [(places_before[rank] - places_before[starts]) * place for rank in (first, last)]
    return [
        (entries[:a] + new_entries + entries[b:], places[:c] + new_places + places[d:])
        for (entries, places), (new_entries, new_places), a, b, c, d in zip(
            stored, new, *(each.tolist() for each in cuts), strict=True
        )
    ]


def _sums(values: Array) -> Array:
    """Return the sum of the values before each place."""
    return np.concatenate([[0], np.cumsum(values)])


def merge_postings(first: PostingBytes, second: PostingBytes) -> PostingBytes:
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
