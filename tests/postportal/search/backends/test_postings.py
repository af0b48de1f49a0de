"""What a posting says is what the words of the documents say."""

import struct
from collections import defaultdict
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postportal.search import analysis
from postportal.search.backends.document_reader import Reader, kept_reader
from postportal.search.backends.postings import GAP, LAST_PLACE, MOST, together, whole, without
from postportal.search.documents import Document, Key

TEXTS = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.text("ab -.'’1U.S邮政郵é\u0301_\n", max_size=60),
        st.just("mail " * 300),
    ),
    max_size=4,
)
Posting = tuple[bytes, bytes]


def one_by_one(documents: dict[int, Document]) -> dict[str, Posting]:
    """The same slowly, word after word."""
    found: dict[str, Posting] = defaultdict(lambda: (b"", b""))
    for entry, document in sorted(documents.items()):
        places: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        start = 0
        for is_text, texts in enumerate((document.titles, document.texts)):
            for text in texts:
                end = start
                for token in analysis.tokens(text):
                    places[token.term][is_text].append(min(start + token.place, LAST_PLACE))
                    end = start + token.place + 1
                if not is_text and end > start:
                    places[whole(analysis.terms(text))][0].append(0)
                start = end + GAP
        for term, (title, text) in places.items():
            title, text = title[:MOST], text[:MOST]
            entries = found[term][0] + struct.pack("<HBB", entry, len(title), len(text))
            found[term] = (entries, found[term][1] + struct.pack(f"<{len(title + text)}H", *title, *text))
    return dict(found)


def at_once(documents: dict[int, Document]) -> dict[str, Posting]:
    reader = Reader()
    readings = {n: reader.read(document) for n, document in documents.items()}
    return {term: (entries, places) for term, entries, places in reader.postings(readings)}


@given(st.dictionaries(st.integers(0, 2047), st.tuples(TEXTS, TEXTS), min_size=1, max_size=3))
def test_documents_read_at_once_are_read_like_one_by_one(texts: dict[int, tuple[list[str], list[str]]]) -> None:
    documents = {n: Document(Key("page", n), tuple(titles), tuple(rest)) for n, (titles, rest) in texts.items()}

    assert at_once(documents) == one_by_one(documents)


def test_places_after_the_last_are_the_last() -> None:
    documents = {0: Document(Key("page", 0), ("Night mail",), ("night mail " * 33_000 + "ends " * 3,))}

    assert at_once(documents) == one_by_one(documents)


@pytest.mark.parametrize(
    "text",
    [
        lambda n: f"word{n} another{n}",
        lambda n: chr(0x4E00 + n) + "海港夜间柜台" * 30,
        lambda n: "x" * 5000 + str(n),
    ],
)
def test_reader_does_not_grow_with_what_it_reads(text: Callable[[int], str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("postportal.search.backends.document_reader._MOST_CHARACTERS", 20_000)
    readers = []

    for number in range(3000):
        readers.append(kept_reader())
        readers[-1].read(Document(Key("page", number), titles=(), texts=(text(number),)))

    assert len({id(reader) for reader in readers}) > 1
    assert max(len(reader._term_of) for reader in readers) < 3 * 20_000


def test_posting_is_kept_in_the_order_of_its_entries() -> None:
    five, two = (b"\x05\x00\x01\x01", b"\x01\x00\x02\x00"), (b"\x02\x00\x00\x01", b"\x03\x00")
    both = (b"\x02\x00\x00\x01\x05\x00\x01\x01", b"\x03\x00\x01\x00\x02\x00")

    assert together(five, two) == both
    assert together(two, five) == both
    assert together(two, (b"", b"")) == together((b"", b""), two) == two
    assert without(*both, gone=[5]) == two
