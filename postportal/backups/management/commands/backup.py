from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from postportal.backups.archive import ArchiveError
from postportal.backups.backup import file_in, make_backup, remove_old_backups
from postportal.backups.dumps import DumpError

_MAX_SHOWN = 5


class Command(BaseCommand):
    help = "Back up database and uploaded files to one file, and check it. The portal can stay online."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="folder, or the name of a file that ends with .tar")
        parser.add_argument("--keep", type=int, metavar="N", help="delete all but the newest N backups in the folder")

    def handle(self, *args: Any, path: Path | str, keep: int | None, **options: Any) -> None:
        path, at = Path(path), timezone.now()
        is_file = path.suffix == ".tar"
        if keep is not None and (keep < 1 or is_file):
            raise CommandError("--keep needs a folder and a number of at least 1.")
        file = path if is_file else file_in(path, at=at)
        try:
            manifest = make_backup(file, at=at)
        except (ArchiveError, DumpError, OSError) as error:
            raise CommandError(f"There is no new backup. {error}") from None
        self.stdout.write(f"Wrote and checked {file} ({file.stat().st_size:,} bytes, {len(manifest.files)} files).")
        if not manifest.has_media:
            self.stdout.write("Uploaded files are not in it: MEDIA_STORAGE keeps them on another machine.")
        self.stdout.write(f"Newest audit log entry: {manifest.audit_number} {manifest.audit_hash}")
        if manifest.missing:
            raise CommandError(_describe_missing(manifest.missing))
        for old in remove_old_backups(path, keep=keep) if keep else ():
            self.stdout.write(f"Deleted {old}.")


def _describe_missing(names: list[str]) -> str:
    shown = ", ".join(names[:_MAX_SHOWN]) + (" …" if len(names) > _MAX_SHOWN else "")
    return (
        f"The backup is not complete: {len(names):,} files of pictures are missing or empty in MEDIA_ROOT ({shown}). "
        "Older backups were kept."
    )
