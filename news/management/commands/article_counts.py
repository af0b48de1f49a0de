from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from news.kept_counts import differences, rebuild
from news.models.article_count import KEY

MAX_SHOWN = 20


class Command(BaseCommand):
    help = "Count the articles again and correct the numbers that lists show, or only compare them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing, and exit with 1 if a number is wrong")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        if not check:
            self.stdout.write(f"Corrected {rebuild():,} numbers.")
            return
        wrong = differences()
        for key, (kept, true) in list(wrong.items())[:MAX_SHOWN]:
            names = ", ".join(f"{name} {value}" for name, value in zip(KEY, key, strict=True))
            self.stdout.write(f"{names}: {kept} kept, {true} counted")
        if wrong:
            raise CommandError(f"{len(wrong):,} numbers are wrong. Run `manage.py article_counts`.")
        self.stdout.write("All numbers are right.")
