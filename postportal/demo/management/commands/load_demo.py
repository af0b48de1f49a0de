from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from postportal.demo.load import is_portal_empty, load_demo_content
from postportal.staff.demo_password import DEMO_PASSWORD


class Command(BaseCommand):
    help = "Add the demo content that is not there yet. Rows that are there, changed or not, stay as they are."
    # The server that starts next checks everything; here it would only take half of the time of a start.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where there is an article or a page already"
        )

    def handle(self, *, if_empty: bool, **options: Any) -> None:
        if if_empty and not is_portal_empty():
            return
        self.stdout.write("Loading the demo content …")
        run = load_demo_content(now=timezone.now(), include_accounts=settings.DEBUG)
        for name, count in run.created.items():
            self.stdout.write(f"  {count} {name}")
        if not run.created:
            self.stdout.write("  Nothing was missing.")
        if settings.DEBUG:
            self.stdout.write(
                f"Staff accounts have the password {DEMO_PASSWORD}; it opens nothing unless DEBUG and DEMO are on."
            )
        else:
            self.stdout.write("No staff accounts were made: their password is public, and DEBUG is off.")
