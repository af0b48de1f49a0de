"""Words of unpublished changes to live items. They are never indexed: the index is that of readers."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import TextField
from django.db.models.functions import Cast

from postportal.publishing.models import Edition
from postportal.richtext.plain_text import plain_text
from postportal.search.analysis import to_terms, tokenize
from postportal.search.kinds import SearchKind

# More than a newsroom has open at a time; the texts of the others are read again for each search.
MAX_KEPT = 2000
_kept: dict[bytes, frozenset[str]] = {}


def rows_with_terms(wanted: Collection[tuple[str, ...]], *, kinds: Collection[SearchKind]) -> list[dict[str, set[int]]]:
    """Return for each group of terms the rows, by kind, whose unpublished changes have all of them. Takes one query."""
    names = {ContentType.objects.get_for_model(kind.model).pk: kind.name for kind in kinds}
    found: list[dict[str, set[int]]] = [defaultdict(set) for _ in wanted]
    editions = Edition.objects.open().filter(content_type__in=list(names), content__isnull=False).order_by()
    texts = editions.annotate(content_as_text=Cast("content", TextField()))
    for content_type, pk, text in texts.values_list("content_type", "object_id", "content_as_text"):
        terms = _terms_of(text)
        for rows, group in zip(found, wanted, strict=True):
            if terms.issuperset(group):
                rows[names[content_type]].add(pk)
    return found


def _terms_of(content: str) -> frozenset[str]:
    key = hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    terms = _kept.get(key)
    if terms is None:
        texts = list(_texts_in(json.loads(content)))
        terms = frozenset(
            term for text in texts for term in (*to_terms(text), *(token.term for token in tokenize(text)))
        )
        if len(_kept) >= MAX_KEPT:
            _kept.clear()
        _kept[key] = terms
    return terms


def _texts_in(value: Any) -> Iterator[str]:
    """Yield all texts in the JSON of a version, without their markup."""
    if isinstance(value, str):
        yield plain_text(value) if "<" in value else value
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts_in(part)
