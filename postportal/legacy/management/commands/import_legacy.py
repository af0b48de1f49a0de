from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from postportal.legacy.files import find_text_files
from postportal.legacy.importers.run import ImportRun
from postportal.legacy.report import ImportStatus, count_files


class Command(BaseCommand):
    help = (
        "Import captured pages of the old site and report anything that could not be used. Can be run repeatedly: "
        "unchanged pages are skipped, and items that editors have changed are not overwritten."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a captured page or a folder of them")
        parser.add_argument(
            "--reimport",
            action="store_true",
            help="read unchanged files as well, to link people and organizations that have been added since",
        )

    def handle(self, *args: Any, paths: list[Path], reimport: bool, **options: Any) -> None:
        run = ImportRun(at=timezone.now(), reimport=reimport)
        for path in paths:
            for file in find_text_files(path):
                file_report = run.import_file(file)
                is_news = file_report.findings or file_report.status is not ImportStatus.UNCHANGED
                if is_news or options["verbosity"] > 1:
                    self.stdout.write("\n".join(file_report.format_lines()))
        report = run.finish()
        for finding in report.site_findings:
            self.stdout.write(f"site: {finding}")
        self.stdout.write(report.summary())
        if report.failed_count:
            raise CommandError(f"{count_files(report.failed_count)} could not be imported.")
