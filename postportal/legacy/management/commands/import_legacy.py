from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from postportal.legacy.files import find_text_files
from postportal.legacy.importers.run import ImportRun
from postportal.legacy.report import ImportStatus


class Command(BaseCommand):
    help = (
        "Import captured pages of the old site. Can be repeated: what is unchanged stays, and what editors have "
        "changed since is left to them. Says what did not fit."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a captured page, or a folder of them")
        parser.add_argument("--again", action="store_true", help="unchanged files, too: names the register has since")

    def handle(self, *args: Any, paths: list[Path], again: bool, **options: Any) -> None:
        run = ImportRun(at=timezone.now(), reimport=again)
        for path in paths:
            for file in find_text_files(path):
                entry = run.import_file(file)
                if options["verbosity"] > 1 or entry.findings or entry.status is not ImportStatus.UNCHANGED:
                    self.stdout.write("\n".join(entry.format_lines()))
        report = run.finish()
        for finding in report.site_findings:
            self.stdout.write(f"site: {finding}")
        self.stdout.write(report.summary())
        if report.failed_count:
            raise CommandError(f"{report.failed_count} files could not be imported.")
