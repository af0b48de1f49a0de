"""Records and outcomes of a long import as JSON, between one step and the next."""

import json
from collections.abc import Iterable
from dataclasses import asdict

from postportal.interchange.file_rows import FileRecord, FileRow
from postportal.interchange.records import Change
from postportal.interchange.report import Outcome, Refusal, Result


def write_records(records: Iterable[FileRecord]) -> str:
    return json.dumps([asdict(record) for record in records], ensure_ascii=False)


def read_records(text: str) -> list[FileRecord]:
    return [_record(**values) for values in json.loads(text)]


def write_outcomes(outcomes: Iterable[Outcome]) -> str:
    """Return the outcomes that a report shows: without rows that stay as they are."""
    shown = [asdict(outcome) for outcome in outcomes if outcome.result != Result.UNCHANGED]
    return json.dumps(shown, ensure_ascii=False)


def read_outcomes(text: str) -> list[Outcome]:
    return [_outcome(**values) for values in json.loads(text or "[]")]


def _record(*, parts: dict, **values: object) -> FileRecord:
    rows = {name: [FileRow(**row) for row in rows] for name, rows in parts.items()}
    return FileRecord(**values, parts=rows)  # type: ignore[arg-type]


def _outcome(*, result: str, changes: list, refusals: list, **values: object) -> Outcome:
    return Outcome(
        **values,  # type: ignore[arg-type]
        result=Result(result),
        changes=[Change(*each) for each in changes],
        refusals=[Refusal(**each) for each in refusals],
    )
