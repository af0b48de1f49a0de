"""Constraint of appointments: no two with the same key overlap, as far as their dates are certain."""

from collections.abc import Sequence
from typing import Any

from django.db.models import BaseConstraint

# On SQLite a trigger does what EXCLUDE does on PostgreSQL (news/appointment_triggers.py).
_EXCLUDE = (
    "CONSTRAINT {name} EXCLUDE USING gist ({key}, daterange(begins_by, lasts_until, '[]') WITH &&)"
    " WHERE ((lasts_until IS NULL OR begins_by <= lasts_until){condition})"
)


class NoOverlap(BaseConstraint):
    """Refuse two rows with the same values in the columns of `key`, on which `condition`, a boolean column, is true,
    and whose certain days (`begins_by` to `lasts_until`) overlap. Validation is the model's, which names both rows."""

    def __init__(self, *, key: Sequence[str], condition: str = "", **kwargs: Any) -> None:
        self.key, self.condition = tuple(key), condition
        super().__init__(**kwargs)

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the fields at which the error is shown, as other constraints do."""
        return self.key

    def columns(self, model: Any) -> list[str]:
        return [model._meta.get_field(name).column for name in self.key]

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        if schema_editor.connection.vendor != "postgresql":
            return None
        # Ranges of one number, because gist has no equality of numbers without an extension.
        values = [f"{name}::int" if name.startswith("is_") else name for name in self.columns(model)]
        key = ", ".join(f"int8range({value}, {value}, '[]') WITH &&" for value in values)
        condition = f" AND {self.condition}" if self.condition else ""
        return _EXCLUDE.format(name=schema_editor.quote_name(self.name), key=key, condition=condition)

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        sql = self.constraint_sql(model, schema_editor)
        return sql and f"ALTER TABLE {schema_editor.quote_name(model._meta.db_table)} ADD {sql}"

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        if schema_editor.connection.vendor != "postgresql":
            return None
        return schema_editor._delete_constraint_sql(
            schema_editor.sql_delete_check, model, schema_editor.quote_name(self.name)
        )

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Do nothing: `Appointment.clean` asks the same, and says who and when."""

    def deconstruct(self) -> Any:
        path, args, kwargs = super().deconstruct()
        kwargs["key"] = list(self.key)
        if self.condition:
            kwargs["condition"] = self.condition
        return path, args, kwargs

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NoOverlap) and self.deconstruct() == other.deconstruct()

    __hash__ = BaseConstraint.__hash__
