from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from postportal.legacy.files import files_in
from postportal.legacy.importers.run import ImportRun
from postportal.legacy.report import Action


class Command(BaseCommand):
    help = (
        "Import captured pages of the old site. Can be repeated: what is unchanged stays, and what editors have "
        "changed since is left to them. Says what did not fit."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a captured page, or a folder of them")
        parser.add_argument("--again", action="store_true", help="unchanged files, too: names the register has since")

    def handle(self, *args: Any, paths: list[Path], again: bool, **options: Any) -> None:
        run = ImportRun(at=timezone.now(), again=again)
        for path in paths:
            for file in files_in(path):
                entry = run.take(file)
                if options["verbosity"] > 1 or entry.findings or entry.action is not Action.UNCHANGED:
                    self.stdout.write("\n".join(entry.lines()))
        report = run.finish()
        for finding in report.site:
            self.stdout.write(f"site: {finding}")
        self.stdout.write(report.totals())
        if report.failed:
            raise CommandError(f"{report.failed} files could not be imported.")
