"""Database router: readers' pages may be read from a replica, everything else belongs to the primary."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS

from postportal.replicas.reading import current_alias
from postportal.replicas.replica_settings import is_replica


class ReplicaRouter:
    def db_for_read(self, model: Any, *, instance: Any = None, **hints: Any) -> str | None:
        return current_alias() or self.db_for_write(model, instance=instance)

    def db_for_write(self, model: Any, *, instance: Any = None, **hints: Any) -> str | None:
        # None lets rows of other databases stay there, such as those of a copy that is being made.
        return DEFAULT_DB_ALIAS if instance is not None and is_replica(instance._state.db) else None

    def allow_relation(self, first: Any, second: Any, **hints: Any) -> bool | None:
        """Allow all relations: a row of a replica is the same row."""
        return True if is_replica(first._state.db) or is_replica(second._state.db) else None

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        return False if is_replica(db) else None
