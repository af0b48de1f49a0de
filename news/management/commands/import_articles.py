import sys
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from news.imports.article_import import BATCH_SIZE, ArticleImport, ImportCounts
from news.imports.jsonl import read_lines
from news.imports.progress import ProgressBar

_MAX_EXAMPLES = 5


class Command(BaseCommand):
    help = (
        "Import articles from a JSONL file with one JSON object per line. Required keys: external_id, title and "
        "published (ISO 8601). Optional keys: standfirst, body (HTML or plain text), section, source, tags, people, "
        "organizations and language. Articles with a known external_id are updated."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE.jsonl", help="path of the file, or - for standard input")
        parser.add_argument(
            "--batch-size", type=int, default=BATCH_SIZE, help=f"articles per batch (default {BATCH_SIZE})"
        )

    def handle(self, *args: Any, file: str, batch_size: int, **options: Any) -> None:
        total = 0
        if file != "-":
            try:
                total = Path(file).stat().st_size
            except OSError as error:
                raise CommandError(f"{file}: {error.strerror}") from error
        with ProgressBar(sys.stderr, total_bytes=total) as bar:

            def report_error(number: int, reason: str) -> None:
                bar.clear_line()
                self.stderr.write(f"line {number}: {reason}")

            def report_left_out(number: int, text: str) -> None:
                bar.clear_line()
                self.stdout.write(f"line {number}: left out {text}")

            article_import = ArticleImport(
                at=timezone.now(),
                on_error=report_error,
                on_left_out=report_left_out,
                on_progress=bar.advance,
                batch_size=max(batch_size, 1),
            )
            with _open(file) as stream:
                counts = article_import.import_lines(read_lines(stream))
        self._report(counts)
        if counts.failed:
            raise CommandError(f"Failed lines: {counts.failed:,}.")

    def _report(self, counts: ImportCounts) -> None:
        parts = [f"{counts.created:,} created", f"{counts.updated:,} updated", f"{counts.unchanged:,} unchanged"]
        if counts.superseded:
            parts.append(f"{counts.superseded:,} superseded by a later line")
        parts.append(f"{counts.failed:,} failed")
        self.stdout.write(f"{counts.lines:,} lines: {', '.join(parts)}.")
        if counts.left_out:
            self.stdout.write(counts.left_out.sentence())
        for kind, names in (
            ("people", counts.unknown_names.people),
            ("organizations", counts.unknown_names.organizations),
        ):
            if names:
                self.stdout.write(f"Not in the directory: {len(names):,} {kind} ({_format_most_common(names)}).")


def _open(file: str) -> Any:
    standard_input: BinaryIO = sys.stdin.buffer
    return nullcontext(standard_input) if file == "-" else Path(file).open("rb")


def _format_most_common(names: Counter[str]) -> str:
    examples = [f"{name} {count:,}×" for name, count in names.most_common(_MAX_EXAMPLES)]
    return ", ".join(examples) + (" …" if len(names) > _MAX_EXAMPLES else "")
