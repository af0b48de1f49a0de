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
from news.imports.pictures import PictureFolder
from news.imports.related_rows import UnknownNames
from news.imports.translations import PendingTranslation, link_translations
from news.models import Article
from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.publishing.models import State
from postportal.richtext.left_out import LeftOut

# Every batch rewrites the blocks of the search index (2,048 entries each) that it changes: smaller batches take longer,
# larger ones need more memory and block editors for longer. Half a block rarely changes two.
BATCH_SIZE = 1024
# Batches of long articles are smaller. The memory needed is a multiple of this.
MAX_BATCH_BYTES = 8_000_000
# Limits the memory for the report of unknown names and keys.
_MAX_UNKNOWN_NAMES = 10_000


@dataclass(slots=True)
class ImportCounts:
    lines: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    # Lines of articles that editors have changed.
    kept: int = 0
    # Lines replaced by a later line with the same external ID before they were written.
    superseded: int = 0
    failed: int = 0
    # The import ended early, after the number of errors that was allowed.
    is_stopped: bool = False
    last_line: int = 0
    hidden: Counter[State] = field(default_factory=Counter)
    ignored_keys: Counter[str] = field(default_factory=Counter)
    unknown_names: UnknownNames = field(default_factory=UnknownNames)
    left_out: LeftOut = field(default_factory=LeftOut)

    def add(self, result: BatchResult) -> None:
        self.created += result.created
        self.updated += result.updated
        self.unchanged += result.unchanged
        self.kept += len(result.kept)
        self.hidden.update({state: count for state, count in result.hidden.items() if state != State.PUBLISHED})
        for left_out in result.left_out.values():
            self.left_out = self.left_out.plus(left_out)
        _add_counts(self.unknown_names.people, result.unknown_names.people)
        _add_counts(self.unknown_names.organizations, result.unknown_names.organizations)

    def ignore(self, keys: Iterable[str]) -> None:
        _add_counts(self.ignored_keys, Counter(keys))


def _add_counts(totals: Counter[str], names: Counter[str]) -> None:
    for name, count in names.items():
        if name in totals or len(totals) < _MAX_UNKNOWN_NAMES:
            totals[name] += count


@dataclass(frozen=True, slots=True)
class ImportRules:
    """Options of an import. `stop_after` is the number of errors after which it ends."""

    overwrite: bool = False
    create_sections: bool = False
    ignore_unknown: bool = False
    stop_after: int | None = None


@dataclass(frozen=True, slots=True)
class ImportReporter:
    """Functions that are called during an import.

    `on_error` is called with the number of a bad line and the reason, `on_note` with the number of a line and what is
    worth knowing about its article, `on_reject` with the bytes of a bad line, `on_progress` after each line with its
    size in bytes."""

    on_error: Callable[[int, str], None]
    on_note: Callable[[int, str], None] = lambda number, text: None
    on_reject: Callable[[bytes], None] = lambda data: None
    on_progress: Callable[[int], None] = lambda size: None


class ArticleImport:
    """Imports articles line by line. `name` is the name of the file, for the audit log."""

    def __init__(
        self,
        *,
        at: dt.datetime,
        reporter: ImportReporter,
        name: str = "",
        rules: ImportRules | None = None,
        pictures: PictureFolder | None = None,
        batch_size: int = BATCH_SIZE,
    ) -> None:
        self.at = at
        self.reporter = reporter
        self.name = name
        self.rules = rules or ImportRules()
        self.pictures = pictures or PictureFolder(None)
        self.batch_size = batch_size
        self.counts = ImportCounts()
        self._is_logged = False
        self._pending_translations: list[PendingTranslation] = []
        # The lines of the batch as they came, by number.
        self._raw_lines: dict[int, bytes] = {}
        self._rejected: set[int] = set()
        self.writer = self._new_writer()

    def import_lines(self, lines: Iterable[JsonLine]) -> ImportCounts:
        batch: dict[str, ArticleLine] = {}
        size = 0
        for line in lines:
            self.counts.lines += 1
            self.counts.last_line = line.number
            self._raw_lines[line.number] = line.data
            article = self._read(line)
            if article:
                self.counts.superseded += batch.pop(article.external_id, None) is not None
                batch[article.external_id] = article
            size += line.byte_count
            if len(self._raw_lines) >= self.batch_size or size >= MAX_BATCH_BYTES:
                self._write_batch(batch)
                size = 0
            self.reporter.on_progress(line.byte_count)
            if self._has_too_many_errors():
                break
        self._write_batch(batch)
        self.counts.is_stopped = self._has_too_many_errors()
        self._link_translations()
        return self.counts

    def _new_writer(self) -> BatchWriter:
        rules = self.rules
        return BatchWriter(
            at=self.at, pictures=self.pictures, overwrite=rules.overwrite, create_sections=rules.create_sections
        )

    def _has_too_many_errors(self) -> bool:
        return self.rules.stop_after is not None and self.counts.failed >= self.rules.stop_after

    def _read(self, line: JsonLine) -> ArticleLine | None:
        try:
            article = read_article(
                line.parse(), number=line.number, at=self.at, ignore_unknown=self.rules.ignore_unknown
            )
        except BadLineError as error:
            self._report_error(line.number, str(error))
            return None
        self.counts.ignore(article.unknown_keys)
        return article

    def _write_batch(self, batch: dict[str, ArticleLine]) -> None:
        articles = list(batch.values())
        # Files cannot be rolled back: a picture is stored before the articles that show it.
        for article in articles:
            self.pictures.prepare(article.body, [article.picture, *article.gallery])
        if articles:
            self._write(articles)
        for number in sorted(self._rejected):
            self.reporter.on_reject(self._raw_lines[number])
        batch.clear()
        self._rejected.clear()
        self._raw_lines.clear()
        self.pictures.forget()

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
                is_logged = self._is_logged or self._log(result)
        except (DatabaseError, ValidationError) as error:
            # The sections, sources and tags created in the batch were rolled back with it.
            self.writer = self._new_writer()
            if len(articles) == 1:
                self._report_error(articles[0].number, f"the database refused it: {error}")
            return False
        self._is_logged = is_logged
        self._pending_translations += result.pending_translations
        self._report(result)
        return True

    def _log(self, result: BatchResult) -> bool:
        """Log the import with the first batch that changes something: one that is killed later is in the log, too."""
        if result.created or result.updated:
            options = " --overwrite" if self.rules.overwrite else ""
            log_action(Action.IMPORT, item=Article, detail=f"{self.name}{options}")
            return True
        return False

    def _link_translations(self) -> None:
        pending = self._pending_translations
        for start in range(0, len(pending), self.batch_size):
            with transaction.atomic():
                problems = link_translations(pending[start : start + self.batch_size], at=self.at)
            for number, problem in problems.items():
                self.reporter.on_note(number, problem)

    def _report(self, result: BatchResult) -> None:
        self.counts.add(result)
        notes = {number: list(texts) for number, texts in result.notes.items()}
        for number, left_out in result.left_out.items():
            notes.setdefault(number, []).append(f"left out {left_out.describe()}")
        for number, reason in result.kept.items():
            notes.setdefault(number, []).append(f"kept: {reason}")
        for number in sorted(notes):
            for text in notes[number]:
                self.reporter.on_note(number, text)
        for number, reason in result.refused.items():
            self._report_error(number, reason)

    def _report_error(self, number: int, reason: str) -> None:
        self.counts.failed += 1
        self._rejected.add(number)
        self.reporter.on_error(number, reason)
