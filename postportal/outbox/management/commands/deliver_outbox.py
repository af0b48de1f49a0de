from typing import Any

from django.core.management.base import BaseCommand, CommandError

from postportal.outbox.delivery import deliver_all, run_background_steps


class Command(BaseCommand):
    help = "Retry failed outbox events, for example email that could not be sent or pictures that could not be resized."

    def handle(self, *args: Any, **options: Any) -> None:
        failed = deliver_all()
        run_background_steps()
        if failed:
            raise CommandError(f"Objects that failed again: {failed}. See last_error in the table outbox_outboxevent.")
        self.stdout.write("All outbox events have been delivered.")
