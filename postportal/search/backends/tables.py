"""The default search backend: postings in tables of the portal's database (SQLite or PostgreSQL), ranked by BM25F."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from postportal.search.backends import completion, index_writer, rebuilding, spelling
from postportal.search.backends.every_word import keys_with_every_word
from postportal.search.backends.interface import BackendQuery, LoadDocuments, Prefix, WantedWord
from postportal.search.backends.scoring import Matches, match
from postportal.search.documents import DocumentKey
from postportal.search.models import IndexEntry


class TableBackend:
    def write(self, keys: Collection[DocumentKey], *, load: LoadDocuments) -> None:
        index_writer.update_rows(keys, load=load)

    def search(self, query: BackendQuery, *, hidden: Mapping[str, Collection[int]]) -> Matches:
        return match(query, hidden=hidden)

    def find(self, words: Sequence[WantedWord], *, kinds: Collection[str], limit: int) -> Sequence[DocumentKey]:
        return keys_with_every_word(words, kinds=kinds, limit=limit)

    def completions(self, prefix: Prefix, *, limit: int) -> Sequence[DocumentKey]:
        return completion.completions(prefix, limit=limit)

    def fingerprints(self, kind: str) -> dict[int, str]:
        return dict(IndexEntry.objects.filter(kind=kind).values_list("object_id", "fingerprint"))

    def similar_words(self, word: str) -> Sequence[str]:
        return spelling.similar_words(word)

    def rebuild(self, keys: Iterable[DocumentKey], *, load: LoadDocuments) -> Iterator[int]:
        return rebuilding.rebuild(keys, load=load)
