"""The engine of the portal: postings in tables of its own database, ranked by BM25F. SQLite and PostgreSQL alike."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from postportal.search.backends import completion, index_writer, rebuilding, spelling
from postportal.search.backends.interface import Beginning, Load, Question
from postportal.search.backends.scoring import Matches, match
from postportal.search.documents import Key
from postportal.search.models import Entry


class TableBackend:
    def write(self, keys: Collection[Key], *, load: Load) -> None:
        index_writer.bring(keys, load=load)

    def search(self, question: Question, *, hidden: Mapping[str, Collection[int]]) -> Matches:
        return match(question, hidden=hidden)

    def begun(self, beginning: Beginning, *, limit: int) -> Sequence[Key]:
        return completion.begun(beginning, limit=limit)

    def fingerprints(self, kind: str) -> dict[int, str]:
        return dict(Entry.objects.filter(kind=kind).values_list("object_id", "fingerprint"))

    def alike(self, word: str) -> Sequence[str]:
        return spelling.alike(word)

    def rebuild(self, keys: Iterable[Key], *, load: Load) -> Iterator[int]:
        return rebuilding.rebuild(keys, load=load)
