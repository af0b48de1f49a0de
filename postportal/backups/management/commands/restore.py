from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from postportal.backups.archive import ArchiveError
from postportal.backups.dumps import DumpError
from postportal.backups.restore import restore


class Command(BaseCommand):
    help = "Put back database and uploaded files from a backup. Stop the portal first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="backup made by “manage.py backup”")
        parser.add_argument("--replace", action="store_true", help="delete what the portal has now")

    def handle(self, *args: Any, file: Path | str, replace: bool, **options: Any) -> None:
        try:
            manifest = restore(Path(file), replace=replace)
        except (ArchiveError, DumpError, OSError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Restored the portal as of {manifest.created_at}, with {len(manifest.files)} files.")
        check = f"manage.py verify_log --expect {manifest.audit_hash}"
        self.stdout.write(f"Run “manage.py migrate”, then “{check}”, and start the portal.")
