"""The signal receiver for deletions: every row that could come back is recorded before it goes, whoever deletes it: a
form, a list, an import, a command, or a merge of tags."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models
from django.db.models.signals import pre_delete

from postportal.audit.current_command import current_command
from postportal.audit.current_request import current_request
from postportal.publishing.versions.deletions import record_deletion

_forgets: ContextVar[bool] = ContextVar("forgets_deletions", default=False)


def connect() -> None:
    pre_delete.connect(_on_before_delete, dispatch_uid="publishing-deletions")


@contextmanager
def forgotten_deletions() -> Iterator[None]:
    """Record no deletions: for rows that nobody has seen, made and removed in one transaction. A context manager."""
    token = _forgets.set(True)
    try:
        yield
    finally:
        _forgets.reset(token)


def _on_before_delete(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    if getattr(sender, "is_restorable", False) and not _forgets.get():
        request = current_request.get()
        user = getattr(request, "user", None)
        record_deletion(
            instance,
            by=user if user is not None and user.is_authenticated else None,
            command=current_command.get() if request is None else "",
        )
