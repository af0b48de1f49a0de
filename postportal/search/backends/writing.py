"""Writes the index, block by block. Only the postings of the terms that a changed entry has or had are touched."""

import secrets
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

import numpy as np
from django.db import connection, transaction

from postportal.search.backends.columns import (
    ENTRY,
    FACET,
    SIZE,
    code,
    day_number,
    facet_rows,
    read_entries,
    read_facets,
)
from postportal.search.backends.postings import Occurrences, in_order, without
from postportal.search.documents import Document, Key
from postportal.search.models import Block, Entry, Posting, Turn

BATCH = 500
Changes = dict[int, Document | None]


def write(documents: Sequence[Document], *, gone: Collection[Key] = ()) -> None:
    """Put the documents in and take out what is gone; whose content is in already, that one stays as it is."""
    if not documents and not gone:
        return
    with transaction.atomic():
        take_turn()
        here = entries_of([*(document.key for document in documents), *gone])
        news = [each for each in documents if each.key not in here or here[each.key].fingerprint != each.fingerprint]
        here |= _new_entries([document for document in news if document.key not in here])
        changes: dict[int, Changes] = defaultdict(dict)
        for document in news:
            changes[here[document.key].pk // SIZE][here[document.key].pk % SIZE] = document
        leaving = [here[key] for key in gone if key in here]
        for entry in leaving:
            changes[entry.pk // SIZE][entry.pk % SIZE] = None
        by_number = {entry.pk: entry for entry in here.values()}
        for number, changed in sorted(changes.items()):
            _write_block(number, changed, entries=by_number)
        Entry.objects.filter(pk__in=[entry.pk for entry in leaving]).delete()


def take_turn() -> None:
    """Wait until nobody else writes. SQLite has one writer anyway."""
    Turn.objects.get_or_create(pk=1)
    Turn.objects.select_for_update().get(pk=1)


def entries_of(keys: Iterable[Key]) -> dict[Key, Entry]:
    pks = defaultdict(list)
    for key in keys:
        pks[key.kind].append(key.pk)
    found = {}
    for kind, wanted in pks.items():
        for entry in Entry.objects.filter(kind=kind, object_id__in=wanted):
            found[Key(kind, entry.object_id)] = entry
    return found


def empty_block(number: int) -> None:
    """Forget every posting of a block: what is written into it next is all there is."""
    Posting.objects.filter(block=number).delete()
    Block.objects.filter(number=number).delete()
    first = number * SIZE
    Entry.objects.filter(pk__range=(first, first + SIZE - 1)).update(terms=b"", fingerprint="")


def _new_entries(documents: Iterable[Document]) -> dict[Key, Entry]:
    new = [Entry(kind=each.key.kind, object_id=each.key.pk, fingerprint="") for each in documents]
    return {Key(entry.kind, entry.object_id): entry for entry in Entry.objects.bulk_create(new, batch_size=BATCH)}


def _write_block(number: int, changes: Changes, *, entries: dict[int, Entry]) -> None:
    """`changes` has the new document of each changed place of the block, None where it is gone."""
    first = number * SIZE
    read = {place: Occurrences(document) for place, document in sorted(changes.items()) if document}
    had = {place: _terms(entries[first + place]) for place in changes}
    rows = {place: occurrences.rows(place) for place, occurrences in read.items()}
    _write_postings(number, rows, had=had)
    _write_columns(number, changes, read=read)
    for place, document in changes.items():
        if document:
            entry = entries[first + place]
            entry.fingerprint = document.fingerprint
            entry.terms = zlib.compress("\n".join(sorted(rows[place])).encode(), 1)
    changed = [entries[first + place] for place, document in changes.items() if document]
    Entry.objects.bulk_update(changed, ["fingerprint", "terms"], batch_size=BATCH)
    _write_words({word for occurrences in read.values() for word in occurrences.words})


def _terms(entry: Entry) -> list[str]:
    return zlib.decompress(bytes(entry.terms)).decode().split("\n") if entry.terms else []


def _write_postings(number: int, rows: dict[int, dict[str, tuple[bytes, bytes]]], *, had: dict[int, list[str]]) -> None:
    gone: dict[str, set[int]] = defaultdict(set)
    for place, terms in had.items():
        for term in terms:
            gone[term].add(place)
    new: dict[str, list[tuple[bytes, bytes]]] = defaultdict(list)
    for place in sorted(rows):
        for term, row in rows[place].items():
            new[term].append(row)
    touched = sorted(gone.keys() | new.keys())
    written, emptied = [], []
    for term, (entries, places) in _postings(number, touched).items():
        if term in gone:
            entries, places = without(entries, places, gone=gone[term])
        more = new.get(term, ())
        entries += b"".join(part for part, _ in more)
        places += b"".join(part for _, part in more)
        if entries:
            written.append((term, number, *in_order(entries, places)))
        else:
            emptied.append(term)
    _execute(
        "INSERT INTO search_posting (term, block, entries, places) VALUES (%s, %s, %s, %s)"
        " ON CONFLICT (term, block) DO UPDATE SET entries = excluded.entries, places = excluded.places",
        written,
    )
    for part in _parts(emptied):
        Posting.objects.filter(block=number, term__in=part).delete()


def _postings(number: int, terms: Sequence[str]) -> dict[str, tuple[bytes, bytes]]:
    found = dict.fromkeys(terms, (b"", b""))
    for part in _parts(terms):
        rows = Posting.objects.filter(block=number, term__in=part).values_list("term", "entries", "places")
        found |= {term: (bytes(entries), bytes(places)) for term, entries, places in rows}
    return found


def _write_columns(number: int, changes: Changes, *, read: dict[int, Occurrences]) -> None:
    block = Block.objects.filter(number=number).first()
    entries = read_entries(block).copy() if block else np.zeros(SIZE, dtype=ENTRY)
    facets = read_facets(block) if block else np.empty(0, dtype=FACET)
    pairs = []
    for place, document in changes.items():
        if document is None:
            entries[place] = 0
            continue
        key = document.key
        language = code(document.language) if document.language else 0
        entries[place] = (key.pk, code(key.kind), language, read[place].length, day_number(document.date))
        pairs += [(place, facet, value) for facet, value in sorted(document.facets)]
    stays = facets[~np.isin(facets["entry"], list(changes))]
    Block.objects.update_or_create(
        number=number,
        defaults={
            "version": secrets.randbits(62),
            "entries": entries.tobytes(),
            "facets": np.concatenate([stays, facet_rows(pairs)]).tobytes(),
        },
    )


def _write_words(words: set[str]) -> None:
    _execute("INSERT INTO search_word (text) VALUES (%s) ON CONFLICT DO NOTHING", [(word,) for word in sorted(words)])


def _execute(statement: str, rows: Sequence[tuple[str | int | bytes, ...]]) -> None:
    """What the ORM can do, too, at a tenth of the speed. Both databases understand these words."""
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)


def _parts(terms: Sequence[str]) -> Iterable[Sequence[str]]:
    return (terms[start : start + 5000] for start in range(0, len(terms), 5000))
