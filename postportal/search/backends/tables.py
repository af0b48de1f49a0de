"""The engine of the portal: postings in tables of its own database, ranked by BM25F. SQLite and PostgreSQL alike."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from django.db import transaction

from postportal.search.backends import spelling, writing
from postportal.search.backends.columns import SIZE
from postportal.search.backends.interface import Question
from postportal.search.backends.scoring import Matches, match
from postportal.search.documents import Document, Key
from postportal.search.models import Entry


class TableBackend:
    def write(self, documents: Iterable[Document], *, gone: Iterable[Key] = ()) -> None:
        writing.write(list(documents), gone=list(gone))

    def search(self, question: Question, *, hidden: Mapping[str, Collection[int]]) -> Matches:
        return match(question, hidden=hidden)

    def fingerprints(self, kind: str) -> dict[int, str]:
        return dict(Entry.objects.filter(kind=kind).values_list("object_id", "fingerprint"))

    def alike(self, word: str) -> Sequence[str]:
        return spelling.alike(word)

    def rebuild(self, keys: Iterable[Key], *, load: Callable[[Sequence[Key]], list[Document]]) -> Iterator[int]:
        """A block at a time, each in one transaction: nobody meets a block that is half full."""
        done: set[Key] = set()
        numbers = sorted({pk // SIZE for pk in Entry.objects.values_list("pk", flat=True)})
        for number in numbers:
            done.update(self._rebuild_block(number, load=load))
            yield len(done)
        missing = [key for key in keys if key not in done]
        for start in range(0, len(missing), SIZE):
            part = missing[start : start + SIZE]
            with transaction.atomic():
                writing.take_turn()
                writing.write(load(part))
            yield len(done) + start + len(part)

    def _rebuild_block(self, number: int, *, load: Callable[[Sequence[Key]], list[Document]]) -> list[Key]:
        first = number * SIZE
        with transaction.atomic():
            writing.take_turn()
            here = Entry.objects.filter(pk__range=(first, first + SIZE - 1)).order_by("pk")
            keys = [Key(*key) for key in here.values_list("kind", "object_id")]
            documents = load(keys)
            writing.empty_block(number)
            writing.write(documents, gone=set(keys) - {document.key for document in documents})
        return keys
