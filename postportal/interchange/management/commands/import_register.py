from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from postportal.interchange.importing import apply, dry_run
from postportal.interchange.limits import FileError
from postportal.interchange.reading import read_file
from postportal.interchange.registers import register_named, registers
from postportal.interchange.report import Outcome
from postportal.interchange.rights import can_import, write_rule
from postportal.outbox.delivery import deliver_all


class Command(BaseCommand):
    help = "Report what a file would change in a register, field by field. With --write, change it."

    def add_arguments(self, parser: CommandParser) -> None:
        names = [register.name for register in registers()]
        parser.add_argument("register", choices=names, help="name of the register")
        parser.add_argument("file", type=Path, help="path of the file: XLSX, CSV, ZIP with CSV files, or JSON")
        parser.add_argument("--user", required=True, help="user name of whoever imports; their permissions apply")
        parser.add_argument("--write", action="store_true", help="write what is reported, in one transaction")

    def handle(self, *args: Any, register: str, file: Path, user: str, write: bool, **options: Any) -> None:
        found = register_named(register)
        account = get_user_model()._default_manager.filter(username=user).first()
        if found is None or account is None:
            raise CommandError(f"There is no user “{user}”.")
        if not can_import(account, found):
            raise CommandError(f"{user} may not import this register.")
        try:
            records = read_file(found, file.read_bytes(), name=file.name)
        except (OSError, FileError) as error:
            raise CommandError(" ".join(getattr(error, "messages", [str(error)]))) from None
        rule = write_rule(account, found)
        report = dry_run(found, records, by=account, may_write=rule)
        for outcome in report.shown:
            self._describe(outcome)
        counts = ", ".join(f"{label}: {count:,}" for label, count in report.counts.items())
        if write:
            # Refused if anything differs from the report above.
            apply(found, records, by=account, may_write=rule, digest=report.digest)
            deliver_all()
        self.stdout.write(counts if write else f"Nothing was written. {counts}")

    def _describe(self, outcome: Outcome) -> None:
        self.stdout.write(f"{outcome.result.label}: {outcome.key or outcome.place}")
        for change in outcome.changes:
            self.stdout.write(f"  {change.label}: {change.old or '–'} → {change.new or '–'}")
        for refusal in outcome.refusals:
            self.stdout.write(f"  {refusal}")
