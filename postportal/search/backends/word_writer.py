"""Write the words of the index, for corrections and suggestions."""

import secrets
from collections.abc import Iterable, Mapping, Sequence

from postportal.search.backends.bulk_insert import bulk_insert
from postportal.search.backends.write_lock import write_lock
from postportal.search.models import Word, WriteLock
from postportal.web.compiled_query import CompiledQuery

# Terms that are read and written with one statement.
TERMS_PER_BATCH = 5000
_words_version = CompiledQuery(lambda: WriteLock.objects.filter(pk=1).values_list("words_version"), takes=())


def write_words(words: Mapping[str, int]) -> None:
    """Add words with the number of titles they occur in. A stored number is only raised."""
    for batch in batches(sorted(words)):
        with write_lock():
            if_greater = "titles = excluded.titles WHERE search_word.titles < excluded.titles"
            add_words({word: words[word] for word in batch}, on_conflict=if_greater)


def add_words(words: Mapping[str, int], *, on_conflict: str) -> None:
    """Add words with their counts in titles. `on_conflict` is the SET clause for a word of a title that exists."""
    if not words:
        return
    statement = "INSERT INTO search_word (text, titles, version) {rows} ON CONFLICT (text) DO "
    types = ("text", "int", "bigint")
    version = _next_words_version(_words_version.rows()[0][0])
    added = bulk_insert(f"{statement} NOTHING", [(word, 0, version) for word in sorted(words)], types=types)
    in_titles = sorted((word, count, version) for word, count in words.items() if count)
    for batch in batches([word for word, _, _ in in_titles]):
        added += Word.objects.filter(titles=0, text__in=batch).count()
    if_first = "version = CASE WHEN search_word.titles = 0 THEN excluded.version ELSE search_word.version END"
    bulk_insert(f"{statement} UPDATE SET {if_first}, {on_conflict}", in_titles, types=types)
    if added:
        WriteLock.objects.update(words_version=version)


def _next_words_version(version: int) -> int:
    """Return a version above this one that nobody had before. A transaction that was rolled back may have had the next
    number, and a process that read words in it would take other words of this number as read."""
    return version + 1 + secrets.randbits(32)


def batches(terms: Sequence[str]) -> Iterable[Sequence[str]]:
    return (terms[start : start + TERMS_PER_BATCH] for start in range(0, len(terms), TERMS_PER_BATCH))
