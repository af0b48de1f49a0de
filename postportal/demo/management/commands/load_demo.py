from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from postportal.demo.load import is_portal_empty, load_demo_content, search_archive
from postportal.staff.demo_password import DEMO_PASSWORD


class Command(BaseCommand):
    help = "Add missing demo content. Existing rows, edited or not, stay as they are."
    # The server that starts next runs all checks; running them here would double the time of a start.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing if there is already an article or a page"
        )

    def handle(self, *, if_empty: bool, **options: Any) -> None:
        if if_empty and not is_portal_empty():
            return
        self.stdout.write("Loading the demo content …")
        run = load_demo_content(now=timezone.now(), include_accounts=settings.DEBUG)
        search_archive()
        for name, count in run.created.items():
            self.stdout.write(f"  {name}: {count}")
        if not run.created:
            self.stdout.write("  Nothing to add.")
        if settings.DEBUG:
            self.stdout.write(
                f"The staff accounts have the password {DEMO_PASSWORD}. It only works while DEBUG and DEMO are on."
            )
        else:
            self.stdout.write("No staff accounts were created: their password is public, and DEBUG is off.")
