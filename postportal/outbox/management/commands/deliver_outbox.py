from typing import Any

from django.core.management.base import BaseCommand, CommandError

from postportal.outbox.delivery import deliver_all


class Command(BaseCommand):
    help = "Deliver what earlier attempts left: mail that could not be sent, pictures that could not be built."

    def handle(self, *args: Any, **options: Any) -> None:
        failed = deliver_all()
        if failed:
            raise CommandError(f"{failed} objects failed again; their errors are in the outbox.")
        self.stdout.write("The outbox is empty.")
