"""Changes after which the titles that articles print are compared with the register again."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db import models

from postportal.outbox.signals import enqueue


def compare_titles_again(**people: Any) -> None:
    """Have the titles in articles about these people compared again, given by a condition on their searches of the
    archive. Done by the outbox, of many articles in the background."""
    scans = apps.get_model("news.NameScan").objects.filter(**people)
    enqueue(scans.model, scans.order_by("pk").values_list("pk", flat=True).distinct())


def differs_from_stored(row: models.Model, columns: Sequence[str]) -> bool:
    """Return True if the row is in the database, with other values of these columns."""
    if not row.pk:
        return False
    stored = type(row)._default_manager.filter(pk=row.pk).values_list(*columns).first()
    return stored is not None and stored != tuple(getattr(row, row._meta.get_field(name).attname) for name in columns)  # type: ignore[union-attr]
