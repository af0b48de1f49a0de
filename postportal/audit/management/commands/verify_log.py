from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from postportal.audit.verification import BrokenChainError, verify_chain


class Command(BaseCommand):
    help = "Check that nothing in the audit log was changed, removed or put elsewhere. Prints the newest hash to keep."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            *("--expect", "-e"),
            action="append",
            default=[],
            metavar="HASH",
            help="a hash printed earlier and kept elsewhere: it has to be in the log still (can be repeated)",
        )

    def handle(self, *args: Any, expect: list[str], **options: Any) -> None:
        try:
            newest = verify_chain(expected={value.strip().lower() for value in expect})
        except BrokenChainError as fault:
            raise CommandError(f"The audit log is broken. {fault}") from None
        self.stdout.write(f"The audit log is unbroken. Entries and newest hash:\n{newest.number} {newest.hash}")
