from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand

from postportal.richtext.handlers import rich_text_fields
from services.text_numbers import update_text_numbers

BATCH_SIZE = 500


class Command(BaseCommand):
    help = "Rebuild the table of the telephone numbers in rich texts."

    def handle(self, *args: Any, **options: Any) -> None:
        for model in apps.get_models():
            if rich_text_fields(model):
                keys = list(model._default_manager.order_by("pk").values_list("pk", flat=True))
                for start in range(0, len(keys), BATCH_SIZE):
                    update_text_numbers(model._meta.label_lower, keys[start : start + BATCH_SIZE])
                self.stdout.write(f"{model._meta.verbose_name_plural}: {len(keys)}")
