"""Factories for synonyms and pinned results."""

from typing import Any

from postportal.search.kinds import kinds
from postportal.search.models import PinnedResult, Synonym


def synonym(words: str, **fields: Any) -> Synonym:
    row = Synonym(words=words, **fields)
    row.full_clean()
    row.save()
    return row


def pinned_result(queries: str, row: Any, **fields: Any) -> PinnedResult:
    [name] = [name for name, kind in kinds().items() if kind.model is type(row)]
    return PinnedResult.objects.create(queries=queries, kind=name, object_id=row.pk, **fields)
