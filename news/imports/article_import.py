"""Import of articles: reads lines, writes them in batches and counts the outcomes."""

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
from postportal.richtext.left_out import LeftOut

# Every batch rewrites the blocks of the search index (2,048 entries each) that it changes: smaller batches take longer,
# larger ones need more memory and block editors for longer.
BATCH_SIZE = 1000
# Batches of long articles are smaller. The memory needed is a multiple of this.
MAX_BATCH_BYTES = 8_000_000
# Limits the memory for the report of unknown names.
_MAX_UNKNOWN_NAMES = 10_000


@dataclass(slots=True)
class ImportCounts:
    lines: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    # Lines replaced by a later line with the same external ID before they were written.
    superseded: int = 0
    failed: int = 0
    unknown_names: UnknownNames = field(default_factory=UnknownNames)
    left_out: LeftOut = field(default_factory=LeftOut)

    def add(self, result: BatchResult) -> None:
        self.created += result.created
        self.updated += result.updated
        self.unchanged += result.unchanged
        for left_out in result.left_out.values():
            self.left_out = self.left_out.plus(left_out)
        _add_counts(self.unknown_names.people, result.unknown_names.people)
        _add_counts(self.unknown_names.organizations, result.unknown_names.organizations)


def _add_counts(totals: Counter[str], names: Counter[str]) -> None:
    for name, count in names.items():
        if name in totals or len(totals) < _MAX_UNKNOWN_NAMES:
            totals[name] += count


class ArticleImport:
    """Imports articles line by line.

    `on_error` is called with the number of a bad line and the reason, `on_left_out` with the number of a line and what
    was left out of its text, `on_progress` after each line with its size in bytes."""

    def __init__(
        self,
        *,
        at: dt.datetime,
        on_error: Callable[[int, str], None],
        on_left_out: Callable[[int, str], None] = lambda number, text: None,
        on_progress: Callable[[int], None] = lambda size: None,
        batch_size: int = BATCH_SIZE,
    ) -> None:
        self.at = at
        self.on_error = on_error
        self.on_left_out = on_left_out
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
        if not self._try_to_write(articles) and len(articles) > 1:
            # A line was refused. Halve the batch until it is found, and write the others.
            half = len(articles) // 2
            self._write(articles[:half])
            self._write(articles[half:])
        # If DEBUG is on, Django stores the text of every query, which would add up to the whole file.
        reset_queries()

    def _try_to_write(self, articles: list[ArticleLine]) -> bool:
        """Write the articles in one transaction. Returns False if the database refused them."""
        try:
            with transaction.atomic():
                result = self.writer.write(articles)
        except (DatabaseError, ValidationError) as error:
            # The sections, sources and tags created in the batch were rolled back with it.
            self.writer = BatchWriter(at=self.at)
            if len(articles) == 1:
                self._report_error(articles[0].number, f"the database refused it: {error}")
            return False
        self.counts.add(result)
        for number, left_out in result.left_out.items():
            self.on_left_out(number, left_out.describe())
        return True

    def _report_error(self, number: int, reason: str) -> None:
        self.counts.failed += 1
        self.on_error(number, reason)
