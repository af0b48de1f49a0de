"""Keep the search index in step with the content: reindex, rebuild, check."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from postportal.outbox.models import OutboxEvent
from postportal.search.backends.interface import Backend
from postportal.search.backends.tables import TableBackend
from postportal.search.documents import Document, DocumentKey
from postportal.search.kinds import SearchKind, kinds

BATCH_SIZE = 500

backend: Backend = TableBackend()


class IndexDifferences(NamedTuple):
    """Rows that the index lacks, has in an outdated form, or has although they were deleted."""

    missing: list[DocumentKey]
    outdated: list[DocumentKey]
    gone: list[DocumentKey]

    def __bool__(self) -> bool:
        return any(self)


def reindex(model: str, pks: Collection[int]) -> None:
    """Index these rows of the model as they are now, and remove deleted ones from the index. An outbox handler."""
    for kind in kinds().values():
        if kind.model._meta.label_lower == model:
            backend.write([kind.key(pk) for pk in pks], load=load_documents)


def rebuild() -> Iterator[int]:
    """Rebuild the index while the portal runs. Yield the number of rows done."""
    return backend.rebuild(_all_keys(), load=load_documents)


def count_items() -> int:
    return sum(kind.model.objects.count() for kind in kinds().values())


def check() -> IndexDifferences:
    """Compare the index with the content, row by row."""
    found = IndexDifferences([], [], [])
    for kind in kinds().values():
        fingerprints = backend.fingerprints(kind.name)
        for pks in _pk_batches(kind):
            for document in kind.documents(pks):
                indexed = fingerprints.pop(document.key.pk, None)
                if indexed is None:
                    found.missing.append(document.key)
                elif indexed != document.fingerprint:
                    found.outdated.append(document.key)
        found.gone.extend(kind.key(pk) for pk in fingerprints)
    return found


def count_waiting(found: IndexDifferences) -> int:
    """Return how many of the differences will be gone once the outbox is delivered."""
    count = 0
    for kind in kinds().values():
        events = OutboxEvent.objects.filter(model_label=kind.model._meta.label_lower)
        waiting = set(events.values_list("object_id", flat=True))
        count += sum(key.kind == kind.name and key.pk in waiting for keys in found for key in keys)
    return count


def load_documents(keys: Sequence[DocumentKey]) -> list[Document]:
    """Return the documents of the rows that still exist, in the order of the keys."""
    found: dict[DocumentKey, Document] = {}
    for name, kind in kinds().items():
        pks = [key.pk for key in keys if key.kind == name]
        for start in range(0, len(pks), BATCH_SIZE):
            found |= {document.key: document for document in kind.documents(pks[start : start + BATCH_SIZE])}
    return [found[key] for key in keys if key in found]


def _all_keys() -> Iterator[DocumentKey]:
    return (kind.key(pk) for kind in kinds().values() for pks in _pk_batches(kind) for pk in pks)


def _pk_batches(kind: SearchKind) -> Iterator[list[int]]:
    """Yield the primary keys of a kind in batches."""
    last = 0
    while pks := list(kind.model.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH_SIZE]):
        yield pks
        last = pks[-1]
