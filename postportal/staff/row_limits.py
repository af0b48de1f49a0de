"""Limits of accounts to some rows of a model, for example to the articles of their sections. They take rights away from
roles and give none: rows of others can be viewed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet


@dataclass(frozen=True)
class RowLimit:
    """A kind of limit, for one model. Rows without a value in the column belong to nobody and are open to all."""

    # Name of the foreign key by which the rows are limited.
    column: str
    # Returns the keys to which the account is limited, None without a limit.
    keys_of: Callable[[Any], frozenset[int] | None]
    # Returns the condition for accounts that may work on rows with this key.
    accounts_for: Callable[[int], Q]


_limits: dict[str, RowLimit] = {}


def register_row_limit(label: str, limit: RowLimit) -> None:
    """Apply the limit to the rows of the model with this label."""
    _limits[label] = limit


def limited_column(model: Model | type[Model]) -> str:
    """Return the name of the column by which rows of the model are limited, "" if they never are."""
    limit = _limits.get(model._meta.label_lower)
    return limit.column if limit else ""


def allowed_keys(user: Any, model: Model | type[Model]) -> frozenset[int] | None:
    """Return the keys in the limited column of rows that the user may change, None if they may change all."""
    limit = _limits.get(model._meta.label_lower)
    if limit is None or user is None or user.is_superuser:
        return None
    return limit.keys_of(user)


def is_within_limits(user: Any, row: Model, *, content: dict[str, Any] | None = None) -> bool:
    """Return True if the user may change the row. With the content of unpublished changes, what they make of it counts
    as well: nobody moves a row out of reach or into it."""
    keys, column = allowed_keys(user, row), limited_column(row)
    if keys is None:
        return True
    values = {getattr(row, f"{column}_id"), (content or {}).get("fields", {}).get(column)}
    return values <= keys | {None}


def within_limits(user: Any, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Keep the rows that the user may change."""
    keys, column = allowed_keys(user, rows.model), limited_column(rows.model)
    return rows if keys is None else rows.filter(Q(**{f"{column}__in": keys}) | Q(**{f"{column}__isnull": True}))


def unlimited_accounts(accounts: QuerySet[Any], row: Model) -> QuerySet[Any]:
    """Keep the accounts that may change the row."""
    limit = _limits.get(row._meta.label_lower)
    key = getattr(row, f"{limit.column}_id") if limit else None
    return accounts if limit is None or key is None else accounts.filter(limit.accounts_for(key) | Q(is_superuser=True))
