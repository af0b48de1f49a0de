import struct
from collections import defaultdict
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postportal.search import analysis
from postportal.search.backends.document_reader import DocumentReader, get_reader
from postportal.search.backends.postings import (
    FIELD_GAP,
    MAX_OCCURRENCES,
    MAX_PLACE,
    whole_title_term,
)
from postportal.search.documents import Document, DocumentKey

TEXTS = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.text("ab -.'’1U.S邮政郵é\u0301_\n", max_size=60),
        st.just("mail " * 300),
    ),
    max_size=4,
)
Posting = tuple[bytes, bytes]


def naive_postings(documents: dict[int, Document]) -> dict[str, Posting]:
    """Return the postings of the documents, counted word by word."""
    postings: dict[str, Posting] = defaultdict(lambda: (b"", b""))
    for entry, document in sorted(documents.items()):
        places: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        start = 0
        for is_text, texts in enumerate((document.titles, document.texts)):
            for text in texts:
                end = start
                for token in analysis.tokenize(text):
                    places[token.term][is_text].append(min(start + token.place, MAX_PLACE))
                    end = start + token.place + 1
                if not is_text and end > start:
                    places[whole_title_term(analysis.to_terms(text))][0].append(0)
                start = end + FIELD_GAP
        for term, (title, text) in places.items():
            title, text = title[:MAX_OCCURRENCES], text[:MAX_OCCURRENCES]
            entries = postings[term][0] + struct.pack("<HBB", entry, len(title), len(text))
            postings[term] = (entries, postings[term][1] + struct.pack(f"<{len(title + text)}H", *title, *text))
    return dict(postings)


def read_postings(documents: dict[int, Document]) -> dict[str, Posting]:
    reader = DocumentReader()
    readings = {n: reader.read(document) for n, document in documents.items()}
    return {term: (entries, places) for term, entries, places in reader.postings(readings)}


@given(st.dictionaries(st.integers(0, 2047), st.tuples(TEXTS, TEXTS), min_size=1, max_size=3))
def test_documents_read_at_once_are_read_like_naive_postings(texts: dict[int, tuple[list[str], list[str]]]) -> None:
    documents = {n: Document(DocumentKey("page", n), tuple(titles), tuple(rest)) for n, (titles, rest) in texts.items()}

    assert read_postings(documents) == naive_postings(documents)


def test_places_beyond_the_maximum_become_the_maximum() -> None:
    documents = {0: Document(DocumentKey("page", 0), ("Night mail",), ("night mail " * 33_000 + "ends " * 3,))}

    assert read_postings(documents) == naive_postings(documents)


@pytest.mark.parametrize(
    "text",
    [
        lambda n: f"word{n} another{n}",
        lambda n: chr(0x4E00 + n) + "海港夜间柜台" * 30,
        lambda n: "x" * 5000 + str(n),
    ],
)
def test_cache_of_the_reader_is_limited(text: Callable[[int], str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("postportal.search.backends.document_reader._MAX_CHARACTERS", 20_000)
    readers = []

    for number in range(3000):
        readers.append(get_reader())
        readers[-1].read(Document(DocumentKey("page", number), titles=(), texts=(text(number),)))

    assert len({id(reader) for reader in readers}) > 1
    assert max(len(reader._all_terms) for reader in readers) < 3 * 20_000


def test_document_has_the_same_bytes_whatever_was_read_before() -> None:
    document = Document(DocumentKey("page", 1), titles=("Night mail",), texts=("By copper line",))
    reader = DocumentReader()
    reader.read(Document(DocumentKey("page", 2), titles=("Line of copper",), texts=("Mail at night",)))

    assert reader.read(document).terms == DocumentReader().read(document).terms


def test_words_are_counted_in_titles() -> None:
    reader = DocumentReader()
    readings = [
        reader.read(Document(DocumentKey("page", 1), titles=("Night mail", "The Mail"), texts=("Copper trains",))),
        reader.read(Document(DocumentKey("page", 2), titles=("邮政 5",), texts=("mail",))),
    ]

    assert reader.words(readings) == {"night": 1, "mail": 2, "the": 1, "copper": 0, "trains": 0}
