"""The engine of the portal: postings in tables of its own database, ranked by BM25F. SQLite and PostgreSQL alike."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from postportal.search.backends import spelling, suggesting, writing
from postportal.search.backends.blocks import SIZE
from postportal.search.backends.interface import Beginning, Load, Question
from postportal.search.backends.scoring import Matches, match
from postportal.search.documents import Key
from postportal.search.models import Entry

# Rows that come into a rebuilt index in one turn: editors who save wait as long.
PART = 500


class TableBackend:
    def write(self, keys: Collection[Key], *, load: Load) -> None:
        with writing.turn():
            documents = load(list(keys))
            writing.write(documents, gone=set(keys) - {document.key for document in documents})

    def search(self, question: Question, *, hidden: Mapping[str, Collection[int]]) -> Matches:
        return match(question, hidden=hidden)

    def begun(self, beginning: Beginning, *, limit: int) -> Sequence[Key]:
        return suggesting.begun(beginning, limit=limit)

    def fingerprints(self, kind: str) -> dict[int, str]:
        return dict(Entry.objects.filter(kind=kind).values_list("object_id", "fingerprint"))

    def alike(self, word: str) -> Sequence[str]:
        return spelling.alike(word)

    def rebuild(self, keys: Iterable[Key], *, load: Load) -> Iterator[int]:
        """A block at a time, each in one transaction: nobody meets a block that is half full."""
        done: set[Key] = set()
        postings = writing.count_postings()
        numbers = {pk // SIZE for pk in Entry.objects.values_list("pk", flat=True)}
        for number in sorted(numbers | postings.keys()):
            done.update(self._rebuild_block(number, postings=postings.get(number, 0), load=load))
            yield len(done)
        missing = [key for key in keys if key not in done]
        for start in range(0, len(missing), PART):
            part = missing[start : start + PART]
            self.write(part, load=load)
            yield len(done) + start + len(part)

    def _rebuild_block(self, number: int, *, postings: int, load: Load) -> list[Key]:
        first = number * SIZE
        with writing.turn():
            here = Entry.objects.filter(pk__range=(first, first + SIZE - 1)).order_by("pk")
            keys = [Key(*key) for key in here.values_list("kind", "object_id")]
            documents = load(keys)
            writing.empty_block(number, postings=postings)
            writing.write(documents, gone=set(keys) - {document.key for document in documents})
        return keys
