"""Rules for migrations of a database that the version before is still using (docs/how-to/change-a-table.md)."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import NOT_PROVIDED

# In the first release. No version is before it.
FIRST = {("audit", "0002_only_grows"), ("tags", "0002_tag_slug_not_empty")}

_RENAMES = (operations.RenameField, operations.RenameModel, operations.AlterModelTable)
_CONTRACTING = {
    operations.RemoveField: "removes a column that the version before reads",
    operations.DeleteModel: "removes a table that the version before reads",
    operations.AddConstraint: "can refuse what the version before writes",
    operations.AlterUniqueTogether: "can refuse what the version before writes",
}


def problems_of_all(own_apps: set[str]) -> list[str]:
    """Return the problems of the migrations of these apps."""
    loader = MigrationLoader(None)
    later = [
        migration
        for key, migration in sorted(loader.disk_migrations.items())
        if key[0] in own_apps and key not in FIRST and not migration.initial
    ]
    return [problem for migration in later for problem in problems_of(migration, _state_before(migration, loader))]


def problems_of(migration: Migration, state: ProjectState) -> list[str]:
    """Return what the version before does not survive. `state` is the one before the migration."""
    contracts = getattr(migration, "contracts", "")
    found = []
    for operation in _database_operations(migration.operations):
        problem = _problem(operation, state=state, app=migration.app_label)
        if problem and (isinstance(operation, _RENAMES) or not re.fullmatch(r"\d+\.\d+(\.\d+)?", contracts)):
            found.append(f"{migration}: {operation.describe()}: {problem}")
        operation.state_forwards(migration.app_label, state)
    return found


def _state_before(migration: Migration, loader: MigrationLoader) -> ProjectState:
    state: ProjectState = loader.project_state((migration.app_label, migration.name), at_end=False)
    return state


def _database_operations(found: list[Operation]) -> Iterator[Operation]:
    for operation in found:
        if isinstance(operation, operations.SeparateDatabaseAndState):
            yield from _database_operations(operation.database_operations)
        else:
            yield operation


def _problem(operation: Operation, *, state: ProjectState, app: str) -> str:
    if isinstance(operation, _RENAMES):
        return "renames what the version before uses: add, copy and remove instead"
    if isinstance(operation, operations.AddField):
        return _problem_of_new(operation.field)
    if isinstance(operation, operations.AlterField):
        before = state.models[app, operation.model_name_lower].fields[operation.name]
        return _problem_of_change(before, operation.field)
    return next((problem for kind, problem in _CONTRACTING.items() if isinstance(operation, kind)), "")


def _problem_of_new(field: Any) -> str:
    has_value = field.null or field.many_to_many or getattr(field, "generated", False)
    if has_value or getattr(field, "db_default", NOT_PROVIDED) is not NOT_PROVIDED:
        return ""
    return "needs a value that the version before does not write: give it a db_default or null=True"


def _problem_of_change(before: Any, after: Any) -> str:
    kind: Callable[[Any], Any] = lambda field: field.db_type(connection).partition("(")[0]  # noqa: E731
    if kind(before) != kind(after):
        return "changes the type of a column that the version before uses: add another one"
    if before.null and not after.null:
        return "refuses the NULL that the version before writes"
    if after.unique and not before.unique:
        return "can refuse what the version before writes"
    if (after.max_length or 0) < (before.max_length or 0):
        return "is too short for what the version before writes"
    return ""
