"""One run of `import_articles`: reads line by line, writes batch by batch, counts what became of the lines."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import DatabaseError, reset_queries, transaction

from news.imports.article_line import ArticleLine, read_article
from news.imports.batches import BatchWriter, Written
from news.imports.jsonl import BadLineError, Line
from news.imports.tags_and_mentions import Unknown

# Each block of the index (2,048 entries) is written anew by every batch that touches it: smaller batches take longer,
# larger ones more memory, and editors wait as long as one is written.
BATCH = 1000
# Long articles make a batch smaller: what it takes in memory is some times this.
BATCH_BYTES = 8_000_000
# A report of unknown names must not grow with the archive.
_NAMES_KEPT = 10_000


@dataclass(slots=True)
class Counts:
    lines: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    # Lines that a later line of the same external number replaced before they were written.
    superseded: int = 0
    failed: int = 0
    unknown: Unknown = field(default_factory=Unknown)

    def add(self, written: Written) -> None:
        self.created += written.created
        self.updated += written.updated
        self.unchanged += written.unchanged
        _add_names(self.unknown.people, written.unknown.people)
        _add_names(self.unknown.organizations, written.unknown.organizations)


def _add_names(kept: Counter[str], names: Counter[str]) -> None:
    for name, count in names.items():
        if name in kept or len(kept) < _NAMES_KEPT:
            kept[name] += count


class ArticleImport:
    """`complain` is called with the number of a bad line and the reason, `show` after each line with the bytes read."""

    def __init__(
        self,
        *,
        at: dt.datetime,
        complain: Callable[[int, str], None],
        show: Callable[[int], None] = lambda size: None,
        batch_size: int = BATCH,
    ) -> None:
        self.at = at
        self.complain = complain
        self.show = show
        self.batch_size = batch_size
        self.counts = Counts()
        self.writer = BatchWriter(at=at)

    def take(self, lines: Iterable[Line]) -> Counts:
        batch: dict[str, ArticleLine] = {}
        size = 0
        for line in lines:
            self.counts.lines += 1
            try:
                article = read_article(line.parsed(), number=line.number)
            except BadLineError as error:
                self._fail(line.number, str(error))
            else:
                self.counts.superseded += batch.pop(article.external_id, None) is not None
                batch[article.external_id] = article
                size += line.size
            if len(batch) >= self.batch_size or size >= BATCH_BYTES:
                self._write(list(batch.values()))
                batch.clear()
                size = 0
            self.show(line.size)
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
                self._fail(articles[0].number, f"the database refused it: {error}")
            return False
        self.counts.add(written)
        return True

    def _fail(self, number: int, reason: str) -> None:
        self.counts.failed += 1
        self.complain(number, reason)
