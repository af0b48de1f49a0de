from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from postportal.pages.models import SiteSettings
from postportal.pages.proxy_errors import write_error_pages


class Command(BaseCommand):
    help = "Write the error pages that nginx sends itself, with the name of the site, to the folder of static files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=Path(settings.STATIC_ROOT) / "errors")

    def handle(self, *args: Any, **options: Any) -> None:
        count = write_error_pages(options["folder"], site=SiteSettings.load())
        self.stdout.write(f"Error pages written to {options['folder']}: {count}.")
