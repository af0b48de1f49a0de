"""Imports: a report of what a file would do, and the same again in one transaction when somebody confirms it."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, models, transaction
from django.utils.translation import gettext as _

from postportal.interchange.file_rows import FileRecord, keys_that_refer_to
from postportal.interchange.import_log import log_import
from postportal.interchange.limits import require_writes
from postportal.interchange.merging import MergedContent, PartWrites
from postportal.interchange.planning import hold_back, save_plans, set_aside, set_aside_held
from postportal.interchange.records import CHUNK, Record, changes_between, load_references, record_of
from postportal.interchange.references import References
from postportal.interchange.registers import Plan, Register
from postportal.interchange.report import Outcome, Refusal, Report, Result
from postportal.interchange.stored_rows import StoredRows
from postportal.interchange.writing import Before, RefusedError, refusals_of, store_content, write_row
from postportal.publishing.models import Publishable, Versioned
from postportal.publishing.versions import snapshots
from postportal.publishing.versions.snapshots import Content
from postportal.publishing.workflow.proposals import may_publish
from postportal.staff.database_rules import refusal_text

# Returns why somebody may not write a row (None stands for a new one) and these of its child rows, "" if they may.
MayWrite = Callable[[Any, PartWrites], str]


class StaleReportError(Exception):
    """The rows have changed since the report was shown. Has the report of now."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


def dry_run(
    register: Register,
    records: list[FileRecord],
    *,
    by: Any,
    may_write: MayWrite,
    max_writes: int | None = None,
    beside: Sequence[FileRecord] = (),
) -> Report:
    """Return what the import would do. Everything is written, so that every rule is asked, and rolled back. Raises
    TooManyWritesError if more rows would be written than `max_writes`: what was not reported cannot be confirmed.
    `beside` are records that will be imported before, so that others can refer to them."""
    with snapshots.dry_run():
        return _Import(register, by=by, may_write=may_write, max_writes=max_writes, beside=beside).run(records)


def apply(register: Register, records: list[FileRecord], *, by: Any, may_write: MayWrite, digest: str) -> Report:
    """Write what was shown, in one transaction. Raises StaleReportError if it would be anything else."""
    with transaction.atomic():
        report = _Import(register, by=by, may_write=may_write).run(records)
        if report.digest != digest:
            transaction.set_rollback(True)
        else:
            log_import(register, {result: len(report.of(result)) for result in Result}, by=by)
    if report.digest != digest:
        raise StaleReportError(report)
    return report


def apply_as_shown(
    register: Register, records: list[FileRecord], *, by: Any, may_write: MayWrite, digests: dict[str, str]
) -> list[Outcome]:
    """Write the records whose outcome is that which was shown, by their place, and return these outcomes. The others
    are left out. Must be called in a transaction."""
    while records:
        with transaction.atomic():
            outcomes = _Import(register, by=by, may_write=may_write).run(records).outcomes
            others = {each.place for each in outcomes if each.digest != digests[each.place]}
            if not others:
                return outcomes
            transaction.set_rollback(True)
        records = [record for record in records if record.place not in others]
    return []


class _Import:
    def __init__(
        self,
        register: Register,
        *,
        by: Any,
        may_write: MayWrite,
        max_writes: int | None = None,
        beside: Sequence[FileRecord] = (),
    ) -> None:
        self.register, self.by, self.may_write, self.max_writes = register, by, may_write, max_writes
        self.beside = list(beside)
        # Where the rows stand that were written or refused while writing.
        self.tried: set[str] = set()
        self.references = References()
        self.outcomes: list[tuple[FileRecord, Outcome]] = []
        # Rows that were made before the others, so that these can refer to them.
        self.made: dict[str, models.Model] = {}
        # Why some of these were refused in the end, and all that may not be made before the others any more.
        self.unmade: dict[str, list[Refusal]] = {}
        self.never_made: set[str] = set()

    def run(self, records: list[FileRecord]) -> Report:
        """Write the records, again without the rows that were made and then refused: nothing may stay of these, and
        those that refer to them are refused, too."""
        while True:
            with transaction.atomic():
                self._run(records)
                refused = [pair for pair in self.outcomes if pair[0].key in self.made and _is_refused(pair[1])]
                if not refused:
                    return Report([outcome for _record, outcome in self.outcomes])
                transaction.set_rollback(True)
            self.unmade |= {record.key: outcome.refusals for record, outcome in refused}
            self.never_made = keys_that_refer_to(self.unmade, records, self.register)

    def _run(self, records: list[FileRecord]) -> None:
        self.references, self.made = References(), {}
        self.outcomes = [(record, Outcome(record.place, record.key)) for record in records]
        self._refuse_repeated_keys()
        for record, outcome in self.outcomes:
            if record.key in self.unmade:
                _refuse(outcome, self.unmade[record.key])
        self._load_references([*self.beside, *records])
        existing = self._load_existing()
        if self.register.refers_to_itself:
            self._make_new_rows(existing)
        pending, before = self._not_refused(), 0
        # Again while it helps: a row may be refused until another one of the file has changed, such as an appointment
        # that begins when another ends.
        while len(pending) != before:
            before = len(pending)
            for start in range(0, len(pending), CHUNK):
                self._run_chunk(pending[start : start + CHUNK], existing)
            pending = [pair for pair in pending if _is_refused(pair[1])]

    def _not_refused(self) -> list[tuple[FileRecord, Outcome]]:
        return [pair for pair in self.outcomes if not _is_refused(pair[1])]

    def _refuse_repeated_keys(self) -> None:
        counts = Counter(record.key for record, _outcome in self.outcomes if record.key)
        for record, outcome in self.outcomes:
            if counts[record.key] > 1:
                text = _("“%(key)s” is there more than once.") % {"key": record.key}
                _refuse(outcome, [Refusal(record.place, self.register.key, text)])

    def _load_references(self, records: list[FileRecord]) -> None:
        tables = [(self.register.columns, records)]
        for name, table in self.register.part_tables.items():
            tables.append((table.columns, [row for record in records for row in record.parts.get(name, [])]))  # type: ignore[misc]
        for columns, rows in tables:
            for column in columns:
                if column.related:
                    values = [row.values[column.name] for row in rows if column.name in row.values]
                    texts = {text for value in values for text in column.texts_in(value)}
                    self.references.load_keys(column.related, texts)

    def _load_existing(self) -> dict[str, int]:
        """Return the primary keys of the rows that exist, by the key in the file."""
        valid = [record.key for record in self.beside]
        for record, outcome in self.outcomes:
            try:
                self.register.key_field.to_python(record.key)
            except ValidationError as error:
                _refuse(outcome, [Refusal(record.place, self.register.key, " ".join(error.messages))])
            else:
                valid += [record.key] if record.key else []
        found: dict[str, int] = {}
        for start in range(0, len(valid), CHUNK):
            lookup = {f"{self.register.key}__in": valid[start : start + CHUNK]}
            rows = self.register.model._default_manager.filter(**lookup)
            found |= {str(key): pk for key, pk in rows.order_by().values_list(self.register.key, "pk")}
        return found

    def _make_new_rows(self, existing: dict[str, int]) -> None:
        for record in [*self.beside, *(record for record, _outcome in self._not_refused())]:
            if record.key and record.key not in existing and record.key not in self.never_made:
                merged = self._merge(record, None, is_bare=True)
                hold_back(merged)
                # What is refused here is refused again below, with everything else.
                try:
                    with transaction.atomic():
                        row = self._new_row(record)
                        store_content(row, merged, place=record.place)
                        self.made[record.key] = row
                except (RefusedError, ValidationError, DatabaseError, ValueError):
                    continue
        self.references.load_keys(self.register.model, self.made)

    def _run_chunk(self, chunk: list[tuple[FileRecord, Outcome]], existing: dict[str, int]) -> None:
        keys = {record.place: existing[record.key] for record, _outcome in chunk if record.key in existing}
        stored = StoredRows(self.register, keys.values(), references=self.references)
        stored.lock_changed(
            {
                keys[record.place]: self._merge(record, stored.contents[keys[record.place]])
                for record, _outcome in chunk
                if keys.get(record.place) in stored.rows
            }
        )
        written = []
        for record, outcome in chunk:
            outcome.result, outcome.refusals = Result.UNCHANGED, []
            try:
                with transaction.atomic():
                    row = self._run_record(record, outcome, stored, keys.get(record.place, 0))
                written += [row] if row else []
            except RefusedError as error:
                _refuse(outcome, error.refusals)
            except IntegrityError as error:
                text = refusal_text(error, default=snapshots.VALUE_TAKEN_MESSAGE)
                _refuse(outcome, [Refusal(record.place, "", text)])
            except ValidationError as error:
                _refuse(outcome, refusals_of(error, self.register.model, place=record.place))
        stored.record_shared(written, by=self.by)

    def _run_record(self, record: FileRecord, outcome: Outcome, stored: StoredRows, pk: int) -> models.Model | None:
        """Write the record, and return the row if it was."""
        row, current, newest = stored.rows.get(pk), stored.contents.get(pk), stored.newest.get(pk)
        merged = stored.unchanged.get(pk) or self._merge(record, current)
        outcome.kept = merged.kept
        if merged.refusals:
            raise RefusedError(merged.refusals)
        is_held = current is None and hold_back(merged)
        plans = set_aside(row, merged, current=current) if current is not None else []
        is_written = current is None or merged.content != current
        if not (is_written or plans):
            return None
        self._require_right(record, row, merged.part_writes(current) | _planned(plans))
        self.tried.add(record.place)
        require_writes(len(self.tried), maximum=self.max_writes)
        outcome.version = newest.number if newest else 0
        row = row or self.made.get(record.key) or self._new_row(record)
        if is_written:
            content = self._write(record, outcome, row, merged, Before(current, newest))
            if is_held:
                plans = set_aside_held(row, self._merge(record, content), current=content)
                self._require_right(record, None, _planned(plans))
        if plans:
            outcome.changes = [*outcome.changes, *save_plans(plans, place=record.place, by=self.by)]
            if outcome.result != Result.NEW:
                outcome.result = Result.CHANGED
        return row if is_written else None

    def _require_right(self, record: FileRecord, row: models.Model | None, writes: PartWrites) -> None:
        refusal = self.may_write(row, writes)
        if refusal:
            raise RefusedError([Refusal(record.place, "", refusal)])

    def _write(self, record: FileRecord, outcome: Outcome, row: Any, merged: MergedContent, before: Before) -> Content:
        old = self._record(record.key, before.content) if before.content is not None else None
        content = write_row(row, merged, before=before, place=record.place, by=self.by)
        if isinstance(row, Versioned) and not may_publish(self.by, row):
            text = _("It stands on every page. Propose it in its form, so that a second person publishes it.")
            raise RefusedError([Refusal(record.place, "", text)])
        self._describe(outcome, row, old=old, new=self._record(str(getattr(row, self.register.key)), content))
        return content

    def _describe(self, outcome: Outcome, row: Any, *, old: Record | None, new: Record) -> None:
        outcome.key = outcome.key or ("" if self.register.key == "key" else new[self.register.key])
        outcome.changes = changes_between(self.register, old, new)
        outcome.is_draft = isinstance(row, Publishable)
        if old is None:
            outcome.result = Result.NEW
        elif outcome.changes:
            outcome.result = Result.CHANGED

    def _merge(self, record: FileRecord, current: Content | None, *, is_bare: bool = False) -> MergedContent:
        merged = MergedContent(self.register, current=current, references=self.references)
        if record.key and self.register.key in merged.content["fields"]:
            merged.content["fields"][self.register.key] = record.key
        merged.merge(record, is_bare=is_bare)
        return merged

    def _new_row(self, record: FileRecord) -> Any:
        row = self.register.model()
        if record.key:
            setattr(row, self.register.key, self.register.key_field.to_python(record.key))
        return row

    def _record(self, key: str, content: Content) -> Record:
        load_references(self.register, [content], self.references)
        return record_of(self.register, key, content, self.references)


def _planned(plans: list[Plan]) -> PartWrites:
    return {("add", type(plan.row)) for plan in plans}


def _is_refused(outcome: Outcome) -> bool:
    return outcome.result == Result.REFUSED


def _refuse(outcome: Outcome, refusals: list[Refusal]) -> None:
    outcome.result = Result.REFUSED
    outcome.refusals += refusals
    outcome.changes = []
