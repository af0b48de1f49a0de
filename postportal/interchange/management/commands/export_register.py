import shutil
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from postportal.interchange.exporting import FORMATS, export
from postportal.interchange.limits import FileError
from postportal.interchange.registers import register_named, registers


class Command(BaseCommand):
    help = "Write all rows of a register to a file. The audit log records it."

    def add_arguments(self, parser: CommandParser) -> None:
        names = [register.name for register in registers()]
        parser.add_argument("register", choices=names, help="name of the register")
        parser.add_argument("file", type=Path, help="path of the file, which ends in .xlsx, .csv, .zip or .json")

    def handle(self, *args: Any, register: str, file: Path, **options: Any) -> None:
        file_format = file.suffix.removeprefix(".").lower()
        if file_format not in FORMATS:
            raise CommandError(f"Choose one of these endings: {', '.join(FORMATS)}.")
        found = register_named(register)
        if found is None:
            raise CommandError("There is no such register.")
        try:
            source = export(found, found.model._default_manager.all(), file_format=file_format, user=None)
        except FileError as error:
            raise CommandError(" ".join(error.messages)) from None
        with source, file.open("wb") as target:
            shutil.copyfileobj(source, target)
        self.stdout.write(f"Written: {file}")
