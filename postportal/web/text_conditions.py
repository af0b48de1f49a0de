"""Conditions on the characters of a text, for constraints: SQLite, its sqlite3 program and PostgreSQL read them alike.

Regular expressions are not among them: SQLite has none of its own, so a constraint with one works only inside Django,
and any other program stops with an error as soon as it checks or changes a row.
"""

import string

from django.db.models import CharField, Expression, F, Func, Q, Value
from django.db.models.functions import Length, Substr
from django.db.models.lookups import Exact, GreaterThanOrEqual, LessThanOrEqual

DIGITS = string.digits
CAPITALS = string.ascii_uppercase


def has_only(characters: str, text: str | Expression) -> Q:
    """Return the condition that a text has no other characters. An empty text meets it."""
    rest = Func(_column(text), Value(characters), function="LTRIM", output_field=CharField())
    return Q(Exact(rest, Value("")))


def has_length(shortest: int, longest: int, text: str | Expression) -> Q:
    """Return the condition that the number of characters is in a range, both ends included."""
    length = Length(_column(text))
    return Q(GreaterThanOrEqual(length, shortest)) & Q(LessThanOrEqual(length, longest))


def begins_with(beginning: str, text: str | Expression) -> Q:
    """Return the condition that a text begins with exactly these characters, unlike LIKE, which ignores their case on
    SQLite."""
    return Q(Exact(Substr(_column(text), 1, len(beginning)), Value(beginning)))


def after(beginning: str, text: str) -> Expression:
    """Return the rest of a text after its beginning."""
    return Substr(_column(text), len(beginning) + 1)


def _column(text: str | Expression) -> Expression | F:
    return F(text) if isinstance(text, str) else text
