import warnings
from argparse import ArgumentParser
from typing import Any

import environ
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS

from postportal.backups.moving import CopiedTable, MoveError, connected_to, move
from postportal.web.database_settings import database_settings


class Command(BaseCommand):
    help = (
        "Copy the whole portal to another database, from SQLite to PostgreSQL or back, and compare every table. "
        "Stop the portal first, and set DATABASE_URL to the new database afterwards. Uploaded files are not moved."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("database_url", help="database to copy to, in the format of DATABASE_URL")
        parser.add_argument("--replace", action="store_true", help="delete the rows that are in that database")

    def handle(self, *args: Any, database_url: str, replace: bool, **options: Any) -> None:
        try:
            with connected_to(_settings_of(database_url)) as target:
                tables = move(DEFAULT_DB_ALIAS, target, replace=replace)
        except MoveError as error:
            raise CommandError(str(error)) from None
        self._report(tables)

    def _report(self, tables: list[CopiedTable]) -> None:
        width = max(len(table.name) for table in tables)
        self.stdout.write(f"{'table':<{width}} {'rows':>9} {'copied':>9}")
        for name, original, copy in tables:
            result = "equal" if original == copy else "different"
            self.stdout.write(f"{name:<{width}} {original.rows:>9,} {copy.rows:>9,}  {result}")
        different = [table.name for table in tables if not table.is_equal]
        if different:
            raise CommandError(f"The copy was discarded because it differs in {', '.join(different)}.")
        rows = sum(table.original.rows for table in tables)
        self.stdout.write(f"{len(tables)} tables with {rows:,} rows were copied and are equal. Set DATABASE_URL now.")


def _settings_of(url: str) -> dict[str, Any]:
    with warnings.catch_warnings():
        # Said below, without the password that may be in it.
        warnings.simplefilter("ignore")
        try:
            config = environ.Env.db_url_config(url)
        except ValueError:
            # A port that is no number.
            config = {}
    if not config.get("ENGINE"):
        raise CommandError("This is not a database URL. See DATABASE_URL in .env.example for the format.")
    return database_settings(config, debug=settings.DEBUG, conn_max_age=0)
