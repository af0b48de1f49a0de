import numpy as np
import pytest

from postportal.search.backends.block_format import BLOCK_SIZE, ENTRY_DTYPE
from postportal.search.backends.columns import BlockColumns, Columns
from postportal.search.backends.posting_reader import TermCounts, load_postings, merge_counts
from postportal.search.backends.postings import PLACE_DTYPE, POSTING_DTYPE
from postportal.search.models import Posting

Rows = list[tuple[int, list[int], list[int]]]


def add_posting(term: str, block: int, rows: Rows) -> None:
    """Store a posting: entry, places in titles and places in texts."""
    entries = np.array([(entry, len(title), len(text)) for entry, title, text in rows], dtype=POSTING_DTYPE)
    places = np.array([place for _, title, text in rows for place in title + text], dtype=PLACE_DTYPE)
    Posting.objects.create(term=term, block=block, entries=entries.tobytes(), places=places.tobytes())


def columns_of_blocks(*numbers: int) -> Columns:
    entries = np.zeros(BLOCK_SIZE, dtype=ENTRY_DTYPE)
    return Columns({number: BlockColumns(version=1, entries=entries, pairs={}) for number in numbers})


@pytest.mark.django_db
def test_blocks_of_a_term_are_joined_in_order_and_unknown_ones_left_out() -> None:
    add_posting("mail", 4, [(2, [], [9, 3])])
    add_posting("mail", 0, [(1, [0], []), (7, [0], [60])])
    add_posting("mail", 9, [(1, [0], [])])
    add_posting("rail", 0, [(1, [0], [])])

    found = load_postings(["mail", "train"], columns_of_blocks(0, 4), with_places=True)

    assert list(found) == ["mail"]
    entries, title, text = found["mail"].counts
    assert (entries.tolist(), title.tolist(), text.tolist()) == ([1, 7, BLOCK_SIZE + 2], [1, 1, 0], [0, 1, 2])
    third = (BLOCK_SIZE + 2) << 16
    assert found["mail"].all_places.tolist() == [1 << 16, 7 << 16, (7 << 16) + 60, third + 3, third + 9]


def test_counts_of_several_terms_are_added_up() -> None:
    first = TermCounts(np.array([1, 5]), np.array([1, 0], dtype=np.uint8), np.array([0, 200], dtype=np.uint8))
    second = TermCounts(np.array([5, 9]), np.array([2, 1], dtype=np.uint8), np.array([100, 3], dtype=np.uint8))

    merged = merge_counts([first, second])

    assert [column.tolist() for column in merged] == [[1, 5, 9], [1, 2, 1], [0, 300, 3]]
    assert merge_counts([first]) is first
