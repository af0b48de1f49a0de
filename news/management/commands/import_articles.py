import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from news.imports.article_import import BATCH_SIZE, ArticleImport, ImportCounts, ImportReporter, ImportRules
from news.imports.containers import SAMPLE_BYTES, container_problem
from news.imports.jsonl import read_lines
from news.imports.pictures import PictureFolder
from news.imports.progress import ProgressBar
from postportal.outbox.delivery import deliver_all
from postportal.outbox.delivery_process import delivery_beside
from postportal.publishing.versions.snapshots import dry_run

_MAX_EXAMPLES = 5
_NOT_AN_IMPORT_FILE = 2


class Command(BaseCommand):
    help = (
        "Import articles from a JSONL file with one JSON object per line; docs/import.md lists its keys. Can be run "
        "repeatedly: articles with a known external_id are updated, except those that editors have changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE.jsonl", help="path of the file, or - for standard input")
        parser.add_argument(
            "--batch-size", type=int, default=BATCH_SIZE, help=f"articles per batch (default {BATCH_SIZE})"
        )
        for name, help_text in (
            ("--dry-run", "report what would happen, and write nothing"),
            ("--overwrite", "overwrite articles that editors have changed since the last import as well"),
            ("--create-sections", "create sections that do not exist; otherwise their lines fail"),
            ("--ignore-unknown", "ignore and count unknown keys; otherwise their lines fail"),
        ):
            parser.add_argument(name, action="store_true", help=help_text)
        parser.add_argument("--rejects", type=Path, metavar="FILE", help="write the lines that failed to this file")
        parser.add_argument("--stop-after", type=int, metavar="N", help="stop after N lines have failed")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        path = None if file == "-" else Path(file)
        rules = ImportRules(**{name: options[name] for name in ImportRules.__slots__})
        with ExitStack() as stack:
            stream = stack.enter_context(_open(path))
            rejects = stack.enter_context(_open_rejects(options["rejects"], path))
            bar = stack.enter_context(ProgressBar(sys.stderr, total_bytes=path.stat().st_size if path else 0))
            stack.enter_context(dry_run() if options["dry_run"] else nullcontext())
            stack.enter_context(delivery_beside())
            article_import = ArticleImport(
                at=timezone.now(),
                name=path.name if path else "standard input",
                rules=rules,
                pictures=PictureFolder(path.parent if path else None, is_dry_run=options["dry_run"]),
                batch_size=max(options["batch_size"], 1),
                reporter=self._reporter(bar, rejects),
            )
            counts = article_import.import_lines(read_lines(stream))
        undelivered = 0 if options["dry_run"] else deliver_all()
        self._report(counts, is_dry_run=options["dry_run"])
        if undelivered:
            self.stderr.write(f"Not delivered: {undelivered:,}. Run `manage.py deliver_outbox`.")
        if counts.failed:
            stopped = f" Stopped after line {counts.last_line:,}." if counts.is_stopped else ""
            raise CommandError(f"Failed lines: {counts.failed:,}.{stopped}")

    def _reporter(self, bar: ProgressBar, rejects: BinaryIO | None) -> ImportReporter:
        def report_error(number: int, reason: str) -> None:
            bar.clear_line()
            self.stderr.write(f"line {number}: {reason}")

        def report_note(number: int, text: str) -> None:
            bar.clear_line()
            self.stdout.write(f"line {number}: {text}")

        def store_reject(data: bytes) -> None:
            if rejects and data:
                rejects.write(data.rstrip(b"\r\n") + b"\n")

        return ImportReporter(
            on_error=report_error, on_note=report_note, on_reject=store_reject, on_progress=bar.advance
        )

    def _report(self, counts: ImportCounts, *, is_dry_run: bool) -> None:
        outcomes = ["created", "updated", "unchanged", "kept", "failed"]
        parts = [f"{getattr(counts, outcome):,} {outcome}" for outcome in outcomes]
        if counts.superseded:
            parts.insert(-1, f"{counts.superseded:,} superseded by a later line")
        self.stdout.write(f"{counts.lines:,} lines: {', '.join(parts)}.")
        if counts.hidden:
            hidden = ", ".join(f"{count:,} {state}" for state, count in sorted(counts.hidden.items()))
            self.stdout.write(f"Created and not public: {hidden}.")
        if counts.left_out:
            self.stdout.write(counts.left_out.sentence())
        if counts.ignored_keys:
            self.stdout.write(f"Ignored keys: {_format_most_common(counts.ignored_keys)}.")
        for kind, names in (
            ("people", counts.unknown_names.people),
            ("organizations", counts.unknown_names.organizations),
        ):
            if names:
                self.stdout.write(f"Not in the directory: {len(names):,} {kind} ({_format_most_common(names)}).")
        if is_dry_run:
            self.stdout.write("Dry run: nothing was written.")


@contextmanager
def _open(path: Path | None) -> Iterator[BinaryIO]:
    """Open the file, or standard input. Raises CommandError with return code 2 for one that is not JSON Lines."""
    if path and path.is_dir():
        raise CommandError(f"{path}: a folder. Give the path of one file.", returncode=_NOT_AN_IMPORT_FILE)
    try:
        stream: Any = path.open("rb", buffering=SAMPLE_BYTES) if path else sys.stdin.buffer
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
    with stream if path else nullcontext():
        sample = stream.peek(SAMPLE_BYTES)[:SAMPLE_BYTES] if hasattr(stream, "peek") else b""
        problem = container_problem(sample)
        if problem:
            raise CommandError(f"{path or 'Standard input'}: {problem}", returncode=_NOT_AN_IMPORT_FILE)
        yield stream


@contextmanager
def _open_rejects(path: Path | None, source: Path | None) -> Iterator[BinaryIO | None]:
    if path is None:
        yield None
        return
    if source and path.resolve() == source.resolve():
        raise CommandError("--rejects: the import file itself. Choose another file.")
    try:
        file = path.open("wb")
    except OSError as error:
        raise CommandError(f"--rejects: {path}: {error.strerror}") from error
    with file:
        yield file


def _format_most_common(names: Counter[str]) -> str:
    examples = [f"{name} {count:,}×" for name, count in names.most_common(_MAX_EXAMPLES)]
    return ", ".join(examples) + (" …" if len(names) > _MAX_EXAMPLES else "")
