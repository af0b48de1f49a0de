"""One run of `import_articles`: reads line by line, writes batch by batch, counts what became of the lines."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import DatabaseError, reset_queries, transaction

from news.imports.article_line import ArticleLine, read_article
from news.imports.batches import BatchResult, BatchWriter
from news.imports.jsonl import BadLineError, JsonLine
from news.imports.tags_and_mentions import UnknownNames

# Each block of the index (2,048 entries) is written anew by every batch that touches it: smaller batches take longer,
# larger ones more memory, and editors wait as long as one is written.
BATCH_SIZE = 1000
# Long articles make a batch smaller: what it takes in memory is some times this.
MAX_BATCH_BYTES = 8_000_000
# A report of unknown names must not grow with the archive.
_MAX_UNKNOWN_NAMES = 10_000


@dataclass(slots=True)
class ImportCounts:
    lines: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    # Lines that a later line of the same external number replaced before they were written.
    superseded: int = 0
    failed: int = 0
    unknown_names: UnknownNames = field(default_factory=UnknownNames)

    def add(self, written: BatchResult) -> None:
        self.created += written.created
        self.updated += written.updated
        self.unchanged += written.unchanged
        _add_counts(self.unknown_names.people, written.unknown_names.people)
        _add_counts(self.unknown_names.organizations, written.unknown_names.organizations)


def _add_counts(kept: Counter[str], names: Counter[str]) -> None:
    for name, count in names.items():
        if name in kept or len(kept) < _MAX_UNKNOWN_NAMES:
            kept[name] += count


class ArticleImport:
    """Import articles line by line.

    `on_error` gets the number of a bad line and the reason; `on_progress` the bytes read, after each line."""

    def __init__(
        self,
        *,
        at: dt.datetime,
        on_error: Callable[[int, str], None],
        on_progress: Callable[[int], None] = lambda size: None,
        batch_size: int = BATCH_SIZE,
    ) -> None:
        self.at = at
        self.on_error = on_error
        self.on_progress = on_progress
        self.batch_size = batch_size
        self.counts = ImportCounts()
        self.writer = BatchWriter(at=at)

    def import_lines(self, lines: Iterable[JsonLine]) -> ImportCounts:
        batch: dict[str, ArticleLine] = {}
        size = 0
        for line in lines:
            self.counts.lines += 1
            try:
                article = read_article(line.parse(), number=line.number)
            except BadLineError as error:
                self._report_error(line.number, str(error))
            else:
                self.counts.superseded += batch.pop(article.external_id, None) is not None
                batch[article.external_id] = article
                size += line.byte_count
            if len(batch) >= self.batch_size or size >= MAX_BATCH_BYTES:
                self._write(list(batch.values()))
                batch.clear()
                size = 0
            self.on_progress(line.byte_count)
        self._write(list(batch.values()))
        return self.counts

    def _write(self, articles: list[ArticleLine]) -> None:
        if not self._is_written(articles) and len(articles) > 1:
            # Something in the batch is refused: find out which line, and write the others.
            half = len(articles) // 2
            self._write(articles[:half])
            self._write(articles[half:])
        # With DEBUG on, Django keeps the text of every query: that would be the whole file.
        reset_queries()

    def _is_written(self, articles: list[ArticleLine]) -> bool:
        try:
            with transaction.atomic():
                written = self.writer.write(articles)
        except (DatabaseError, ValidationError) as error:
            # Sections, sources and tags of the batch are gone with it.
            self.writer = BatchWriter(at=self.at)
            if len(articles) == 1:
                self._report_error(articles[0].number, f"the database refused it: {error}")
            return False
        self.counts.add(written)
        return True

    def _report_error(self, number: int, reason: str) -> None:
        self.counts.failed += 1
        self.on_error(number, reason)
