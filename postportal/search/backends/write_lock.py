"""The lock of the index."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from postportal.search.models import WriteLock
from postportal.web.compiled_query import CompiledQuery

_lock = CompiledQuery(lambda: WriteLock.objects.select_for_update().filter(pk=1), takes=())


@contextmanager
def write_lock() -> Iterator[None]:
    """Hold the lock of the index until the transaction ends. SQLite only has one writer anyway."""
    with transaction.atomic():
        if not _lock.rows():
            WriteLock.objects.get_or_create(pk=1)
            _lock.rows()
        yield
