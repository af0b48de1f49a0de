from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand

from postportal.images.file_removal import remove_forgotten
from postportal.images.models import KEPT_DAYS

MAX_DAYS = 36_500


def number_of_days(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 5 and int(text) <= MAX_DAYS):
        raise ArgumentTypeError(f"Enter a number of days from 0 to {MAX_DAYS}.")
    return int(text)


class Command(BaseCommand):
    help = "Remove the files of pictures and documents that were deleted some days ago. They cannot be restored then."

    def add_arguments(self, parser: ArgumentParser) -> None:
        text = f"only what was deleted at least so many days ago: {KEPT_DAYS} unless given, 0 for all"
        parser.add_argument("--days", type=number_of_days, default=KEPT_DAYS, help=text)

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Removed files: {remove_forgotten(days=options['days'])}.")
