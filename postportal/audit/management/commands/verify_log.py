from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from postportal.audit.verification import BrokenChainError, verify_chain


class Command(BaseCommand):
    help = "Check that no audit log entry was changed, removed or reordered, and print the newest hash."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            *("--expect", "-e"),
            action="append",
            default=[],
            metavar="HASH",
            help="hash printed by an earlier run that must still be in the log (can be repeated)",
        )

    def handle(self, *args: Any, expect: list[str], **options: Any) -> None:
        try:
            newest = verify_chain(expected={value.strip().lower() for value in expect})
        except BrokenChainError as error:
            raise CommandError(f"The audit log has been tampered with. {error}") from None
        self.stdout.write(f"The audit log is intact. Number of entries and newest hash:\n{newest.number} {newest.hash}")
