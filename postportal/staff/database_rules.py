"""Rules of the database in words: which constraint refused a row, what it asks for, and at which field to say so."""

import re
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import DatabaseError, models
from django.db.models import Q
from django.utils.translation import gettext as _

# SQLite names the columns of a plain unique constraint, and its own name for every other rule.
_SQLITE_NAME = re.compile(r"(?:CHECK constraint failed: |UNIQUE constraint failed: index ')(\w+)")
_SQLITE_COLUMNS = re.compile(r"(UNIQUE|NOT NULL) constraint failed: ([\w., ]+)")


@dataclass(frozen=True)
class BrokenRule:
    """A rule of the database that was broken: the fields that it is about, and the sentence for editors."""

    model: type[models.Model]
    fields: tuple[str, ...]
    message: str
    # Another row has the values.
    is_unique: bool = False


def broken_rule(error: DatabaseError) -> BrokenRule | None:
    """Return the rule of a model that the error names, None where it names none: a foreign key, for example."""
    diagnosis = getattr(error.__cause__, "diag", None)
    name, table = getattr(diagnosis, "constraint_name", None), getattr(diagnosis, "table_name", None)
    column = getattr(diagnosis, "column_name", None)
    text = str(error)
    if match := _SQLITE_NAME.search(text):
        name = match[1]
    elif match := _SQLITE_COLUMNS.search(text):
        table, columns = _split_columns(match[2])
        return _rule_of_columns(table, columns, is_unique=match[1] == "UNIQUE")
    if name:
        return _rule_of_name(name) or _rule_of_index(table or "", text)
    return _rule_of_columns(table, (column,), is_unique=False) if table and column else None


def refusal_text(error: DatabaseError, *, default: Any) -> str:
    """Return the sentence of the rule that the error names, or else the default."""
    rule = broken_rule(error)
    return rule.message if rule else str(default)


def constraint_fields(constraint: Any) -> tuple[str, ...]:
    """Return the fields that a constraint is about, in the order in which it names them."""
    names = list(getattr(constraint, "fields", ()))
    condition = constraint.condition if isinstance(constraint, models.CheckConstraint) else None
    for expression in (condition, *getattr(constraint, "expressions", ())):
        names += _field_names(expression)
    return tuple(dict.fromkeys(names))


def constraint_message(model: type[models.Model], constraint: Any) -> str:
    """Return the sentence of the constraint, or else one that names its fields."""
    if constraint.violation_error_message != constraint.default_violation_error_message:
        return str(constraint.get_violation_error_message())
    fields = constraint_fields(constraint)
    if isinstance(constraint, models.UniqueConstraint):
        return _taken(model, fields)
    return _("Check these fields: %(fields)s.") % {"fields": _labels(model, fields)}


def _field_names(expression: Any) -> list[str]:
    if isinstance(expression, Q):
        return [name for child in expression.children for name in _condition_names(child)]
    if isinstance(expression, models.F):
        return [str(expression.name).split("__")[0]]  # type: ignore[attr-defined]
    sources = expression.get_source_expressions() if hasattr(expression, "get_source_expressions") else []
    return [name for source in sources for name in _field_names(source)]


def _condition_names(child: Any) -> list[str]:
    """Return the fields of one part of a Q: a pair of a lookup and its value, or an expression."""
    return [child[0].split("__")[0], *_field_names(child[1])] if isinstance(child, tuple) else _field_names(child)


def _rule_of_name(name: str) -> BrokenRule | None:
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                is_unique = isinstance(constraint, models.UniqueConstraint)
                message = constraint_message(model, constraint)
                return BrokenRule(model, constraint_fields(constraint), message, is_unique)
    return None


def _rule_of_index(table: str, text: str) -> BrokenRule | None:
    """Return the rule of a unique field or a primary key: PostgreSQL names its columns only in the detail."""
    match = re.search(r"Key \(([\w, ]+)\)=", text)
    return _rule_of_columns(table, tuple(match[1].split(", ")), is_unique=True) if match else None


def _rule_of_columns(table: str, columns: tuple[str, ...], *, is_unique: bool) -> BrokenRule | None:
    model = next((model for model in apps.get_models() if model._meta.db_table == table), None)
    if model is None:
        return None
    by_column = {field.column: field.name for field in model._meta.concrete_fields}
    fields = tuple(by_column[column] for column in columns if column in by_column)
    if not is_unique:
        return BrokenRule(model, fields, _("This field cannot be blank."))
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and set(constraint.fields) == set(fields):
            return BrokenRule(model, fields, constraint_message(model, constraint), is_unique=True)
    return BrokenRule(model, fields, _taken(model, fields), is_unique=True)


def _split_columns(text: str) -> tuple[str, tuple[str, ...]]:
    names = [name.strip().rpartition(".") for name in text.split(",")]
    return names[0][0], tuple(column for _table, _dot, column in names)


def _taken(model: type[models.Model], fields: tuple[str, ...]) -> str:
    return _("Already in use: %(fields)s. Enter another value.") % {"fields": _labels(model, fields)}


def _labels(model: type[models.Model], fields: tuple[str, ...]) -> str:
    return ", ".join(str(getattr(model._meta.get_field(name), "verbose_name", name)) for name in fields)
