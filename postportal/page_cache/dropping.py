"""Dropping of pages for changes that no trigger can tell from the row that is written."""

from django.db import connection

from postportal.page_cache.models import PageDrop
from postportal.page_cache.triggers import TRANSACTION


def drop_every_page() -> None:
    """Let every page be made again once the current transaction is committed."""
    written_in = 0
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {TRANSACTION}")
            [written_in] = cursor.fetchone()
    PageDrop.objects.create(label="", written_in=written_in)
