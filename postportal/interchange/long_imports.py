"""Imports that are too long for one request: checked in steps, confirmed, and written in the same steps.

Some steps are taken by the page of the import while it is open, the others by `manage.py deliver_outbox`. Each is one
transaction, which writes what was shown of its rows and leaves out the others."""

import time
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from postportal.interchange.file_rows import FileRecord
from postportal.interchange.import_log import log_import
from postportal.interchange.importing import apply_as_shown, dry_run
from postportal.interchange.models import ImportStep, LongImport
from postportal.interchange.registers import Register, register_named
from postportal.interchange.report import Outcome, Refusal, Result
from postportal.interchange.rights import can_import, write_rule
from postportal.interchange.slicing import slices
from postportal.interchange.stored_reports import read_outcomes, read_records, write_outcomes, write_records

Phase = LongImport.Phase
# Of one run of the command, which the timer repeats: some two minutes.
MAX_STEPS = 60
# Seconds between these: SQLite lets one connection write at a time, and editors want to save.
PAUSE = 0.2


@transaction.atomic
def start(register: Register, records: list[FileRecord], *, name: str, by: Any) -> LongImport:
    """Store the records in steps. Nothing of them has been checked."""
    now = timezone.now()
    LongImport.objects.to_forget(now).delete()
    LongImport.objects.exclude(phase=Phase.WRITING).filter(uploaded_by=by).delete()
    started = LongImport.objects.create(
        register=register.name,
        name=name[:200],
        language=translation.get_language() or "en",
        uploaded_at=now,
        changed_at=now,
        uploaded_by=by,
    )
    ImportStep.objects.bulk_create(
        ImportStep(
            long_import=started,
            number=number,
            row_count=len(each.records),
            records=write_records(each.records),
            beside=write_records(each.beside),
        )
        for number, each in enumerate(slices(register, records), start=1)
    )
    return started


def continue_unfinished() -> None:
    """Take some steps of the imports that nobody has to confirm, the oldest first, and forget those of long ago."""
    LongImport.objects.to_forget(timezone.now()).delete()
    for step in range(MAX_STEPS):
        found = LongImport.objects.unfinished().first()
        if found is None:
            return
        time.sleep(PAUSE if step else 0)
        go_on(found.pk)


@transaction.atomic
def go_on(key: Any) -> None:
    """Take the next step of an import. Whoever else asks for one meanwhile waits, and takes that after it."""
    rows = LongImport.objects.unfinished().select_for_update(of=("self",)).select_related("uploaded_by")
    found = rows.filter(pk=key).first()
    if found is None:
        return
    register, user = register_named(found.register), found.uploaded_by
    if register is None or not (user.is_active and can_import(user, register)):
        _end(found, Phase.STOPPED, by=user)
        return
    with translation.override(found.language):
        if found.phase == Phase.CHECKING:
            _check_next(found, register)
        else:
            _write_next(found, register)


def confirm(key: Any, *, by: Any) -> bool:
    """Begin to write what was shown to this user. Return False if another import of the register is being written."""
    checked = LongImport.objects.filter(pk=key, uploaded_by=by, phase=Phase.CHECKED)
    try:
        with transaction.atomic():
            checked.update(phase=Phase.WRITING, changed_at=timezone.now())
    except IntegrityError:
        return False
    return True


@transaction.atomic
def stop(key: Any, *, by: Any) -> None:
    """Write nothing more. What was written stays."""
    rows = LongImport.objects.select_for_update().filter(pk=key, phase=Phase.WRITING)
    for found in rows:
        _end(found, Phase.STOPPED, by=by)


def counts_of(found: LongImport, **steps: Any) -> dict[Result, int]:
    """Return how many rows of these steps have each result."""
    sums = found.steps.filter(**steps).aggregate(*(models.Sum(result.value) for result in Result))
    return {result: sums[f"{result.value}__sum"] or 0 for result in Result}


def progress_of(found: LongImport) -> tuple[int, int]:
    """Return how many rows have been checked, or else written, and how many there are."""
    name = "is_checked" if found.phase == Phase.CHECKING else "is_written"
    done = models.Sum("row_count", filter=models.Q(**{name: True}))
    sums = found.steps.aggregate(done=done, total=models.Sum("row_count"))
    return sums["done"] or 0, sums["total"] or 0


def outcomes_of(found: LongImport, *, limit: int, **steps: Any) -> list[Outcome]:
    """Return the first outcomes of these steps that are worth reading, those that are refused first."""
    outcomes: list[Outcome] = []
    for result in (Result.REFUSED, Result.NEW, Result.CHANGED):
        rows = found.steps.filter(**steps, **{f"{result.value}__gt": 0}).order_by("number")
        for text in rows.values_list("outcomes", flat=True).iterator(chunk_size=10):
            outcomes += [each for each in read_outcomes(text) if each.result == result]
            if len(outcomes) >= limit:
                return outcomes[:limit]
    return outcomes


def _check_next(found: LongImport, register: Register) -> None:
    step = found.steps.filter(is_checked=False).order_by("number").first()
    if step:
        refused = _refused_before(found, step)
        beside = [record for record in read_records(step.beside) if record.key not in refused]
        report = dry_run(
            register,
            read_records(step.records),
            by=found.uploaded_by,
            may_write=write_rule(found.uploaded_by, register),
            beside=beside,
        )
        step.is_checked = True
        _store(step, report.outcomes)
    if not found.steps.filter(is_checked=False).exists():
        _set_phase(found, Phase.CHECKED)


def _refused_before(found: LongImport, step: ImportStep) -> set[str]:
    """Return the keys of earlier rows that will not be there."""
    before = found.steps.filter(number__lt=step.number, refused__gt=0).values_list("outcomes", flat=True)
    outcomes = [each for text in before.iterator(chunk_size=10) for each in read_outcomes(text)]
    return {outcome.key for outcome in outcomes if outcome.result == Result.REFUSED}


def _write_next(found: LongImport, register: Register) -> None:
    step = found.steps.filter(is_written=False).order_by("number").first()
    if step:
        shown = read_outcomes(step.outcomes)
        digests = {outcome.place: outcome.digest for outcome in shown if outcome.result != Result.REFUSED}
        written = apply_as_shown(
            register,
            [record for record in read_records(step.records) if record.place in digests],
            by=found.uploaded_by,
            may_write=write_rule(found.uploaded_by, register),
            digests=digests,
        )
        step.is_written = True
        _store(step, _after(shown, written))
    if not found.steps.filter(is_written=False).exists():
        _end(found, Phase.FINISHED, by=found.uploaded_by)


def _after(shown: Iterable[Outcome], written: Iterable[Outcome]) -> list[Outcome]:
    """Return what became of the rows: those that are not as they were shown any more have been left out."""
    done = {outcome.place: outcome for outcome in written}
    text = _("Left out: since the check, somebody has changed this item, or one that it depends on. Import it again.")
    return [
        outcome
        if outcome.result == Result.REFUSED
        else done.get(outcome.place)
        or Outcome(outcome.place, outcome.key, Result.REFUSED, refusals=[Refusal(outcome.place, "", text)])
        for outcome in shown
    ]


def _store(step: ImportStep, outcomes: list[Outcome]) -> None:
    step.outcomes = write_outcomes(outcomes)
    for result in (Result.NEW, Result.CHANGED, Result.REFUSED):
        setattr(step, result.value, sum(outcome.result == result for outcome in outcomes))
    step.unchanged = step.row_count - step.new - step.changed - step.refused
    step.save()


def _end(found: LongImport, phase: str, *, by: Any) -> None:
    register, was_writing = register_named(found.register), found.phase == Phase.WRITING
    _set_phase(found, phase)
    if register and was_writing:
        done, total = progress_of(found)
        note = f"stopped after {done} of {total} rows" if phase == Phase.STOPPED else ""
        log_import(register, counts_of(found, is_written=True), by=by, note=note)


def _set_phase(found: LongImport, phase: str) -> None:
    found.phase, found.changed_at = phase, timezone.now()
    found.save(update_fields=["phase", "changed_at"])
