from hypothesis import given, settings
from hypothesis import strategies as st

from postportal.search.backends.postings import (
    PostingBytes,
    merge_postings,
    remove_entries,
    replace_entry,
    whole_title_term,
)


def test_merged_posting_is_sorted_by_entry() -> None:
    entry_5, entry_2 = (b"\x05\x00\x01\x01", b"\x01\x00\x02\x00"), (b"\x02\x00\x00\x01", b"\x03\x00")
    both = (b"\x02\x00\x00\x01\x05\x00\x01\x01", b"\x03\x00\x01\x00\x02\x00")

    assert merge_postings(entry_5, entry_2) == both
    assert merge_postings(entry_2, entry_5) == both
    assert merge_postings(entry_2, (b"", b"")) == merge_postings((b"", b""), entry_2) == entry_2
    assert remove_entries(*both, gone=[5]) == entry_2


def test_entry_is_replaced_alone() -> None:
    entry_2, entry_5 = (b"\x02\x00\x00\x01", b"\x03\x00"), (b"\x05\x00\x01\x01", b"\x01\x00\x02\x00")
    entry_3 = (b"\x03\x00\x02\x00", b"\x07\x00\x08\x00")
    both = (entry_2[0] + entry_5[0], entry_2[1] + entry_5[1])
    all_three = (entry_2[0] + entry_3[0] + entry_5[0], entry_2[1] + entry_3[1] + entry_5[1])

    empty = (b"", b"")
    stored, new = [both, all_three, all_three, empty], [entry_3, entry_3, empty, entry_3]
    assert replace_entry(stored, slot=3, new=new) == [all_three, all_three, both, entry_3]
    assert replace_entry([both, entry_5], slot=5, new=[empty, entry_5]) == [entry_2, entry_5]
    assert replace_entry([], slot=5, new=[]) == []


@settings(max_examples=50, deadline=None)
@given(st.data(), st.integers(0, 6))
def test_many_postings_are_replaced_as_one_by_one(data: st.DataObject, slot: int) -> None:
    counts = st.tuples(st.integers(0, 2), st.integers(1, 255))
    drawn = data.draw(st.lists(st.dictionaries(st.integers(0, 6), counts), max_size=5))
    postings = [_posting(entries) for entries in drawn]
    new = [_posting({slot: data.draw(counts)} if data.draw(st.booleans()) else {}) for _each in postings]

    assert replace_entry(postings, slot=slot, new=new) == [
        merge_postings(remove_entries(*each, gone=[slot]), own) for each, own in zip(postings, new, strict=True)
    ]


def _posting(entries: dict[int, tuple[int, int]]) -> PostingBytes:
    """Return the posting of entries with these counts in titles and texts, with places that differ."""
    rows = sorted(entries.items())
    places = [entry * 1000 + n for entry, (title, text) in rows for n in range(title + text)]
    return (
        b"".join(entry.to_bytes(2, "little") + bytes([title, text]) for entry, (title, text) in rows),
        b"".join(place.to_bytes(2, "little") for place in places),
    )


def test_title_term_differs_from_every_word_and_fits_the_column() -> None:
    assert whole_title_term(["night", "mail"]) == "=night mail"
    assert len(whole_title_term(["night"] * 50)) == 80
