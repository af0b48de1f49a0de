from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from postportal.search import index
from postportal.search.site_pages import sync_site_pages

MAX_SHOWN = 20


class Command(BaseCommand):
    help = "Rebuild the search index while the portal runs, or compare it with the content."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["rebuild", "check"])

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "rebuild":
            self._rebuild()
        else:
            self._check()

    def _rebuild(self) -> None:
        sync_site_pages()
        done, total = 0, index.count_items()
        for done in index.rebuild():
            if self.stderr.isatty():
                self.stderr.write(f"\r{done} of {total}", ending="")
        self.stdout.write(f"Indexed {done} items.")

    def _check(self) -> None:
        found = index.check()
        for name in found._fields:
            keys = getattr(found, name)
            for key in keys[:MAX_SHOWN]:
                self.stdout.write(f"{name}: {key.kind} {key.pk}")
            if len(keys) > MAX_SHOWN:
                self.stdout.write(f"{name}: and {len(keys) - MAX_SHOWN} more")
        if found:
            raise CommandError(_remedy(found))
        self.stdout.write("The index matches the content.")


def _remedy(found: index.IndexDifferences) -> str:
    """Return what to do about the differences: a rebuild takes much longer than delivering what waits anyway."""
    total, waiting = sum(map(len, found)), index.count_waiting(found)
    if not waiting:
        return "The index differs from the content. Run `manage.py search_index rebuild`."
    if waiting == total:
        return f"{waiting:,} items wait in the outbox to be indexed. Run `manage.py deliver_outbox`."
    return (
        f"The index differs from the content. {waiting:,} of {total:,} items wait in the outbox. Run `manage.py "
        "deliver_outbox`, then `manage.py search_index rebuild`."
    )
