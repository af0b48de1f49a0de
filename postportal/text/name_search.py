"""Search for rows by their names, as they are typed."""

from collections.abc import Callable, Sequence
from typing import Any, Self, TypeVar, cast

from django.db import models
from django.db.models import Q

from postportal.text.fields import FoldedField
from postportal.text.folding import fold_name

MAX_WORDS = 8
Rows = TypeVar("Rows", bound=models.QuerySet[Any])


class NamedQuerySet(models.QuerySet[Any]):
    """Rows with names: in folded columns of their own, and in rows with other names."""

    name_columns: tuple[str, ...] = ("folded_name", "folded_name_zh")
    # The relation to rows with other names in a column `folded_name`; "" if there are none.
    other_names: str = ""

    def matching(self, text: str) -> Self:
        """Keep the rows that have every word of `text` in one of their names."""
        return _filter_each_word(self, text, condition=lambda word: self._has_name("contains", word))

    def with_name(self, *names: str) -> Self:
        """Keep the rows with exactly one of these names, as far as folding goes."""
        return self.filter(self._has_name("in", [folded for folded in map(fold_name, names) if folded]))

    def _has_name(self, lookup: str, value: Any) -> Q:
        condition = _any_column(self.name_columns, lookup, value)
        if self.other_names:
            relation: Any = self.model._meta.get_field(self.other_names)
            others = relation.related_model._default_manager.filter(**{f"folded_name__{lookup}": value})
            condition |= Q(pk__in=others.values(relation.field.attname))
        return condition


def filter_words(rows: Rows, text: str, *, fields: Sequence[str]) -> Rows:
    """Keep the rows that have every word of `text` in one of these fields, as `has_word` compares them."""
    words = typed_words(text)
    # A text of signs is no word; no text keeps all rows.
    if not words and text.strip():
        return rows.none()
    for word in words:
        rows = rows.filter(has_word(rows.model, word, fields=fields))
    return rows


def typed_words(text: str) -> list[str]:
    """Return the words of `text` as they are typed, up to MAX_WORDS, without those of signs only."""
    return [word for word in text.split() if fold_name(word)][:MAX_WORDS]


def has_word(model: type[models.Model], word: str, *, fields: Sequence[str]) -> Q:
    """Return the condition that a field contains the word: a folded one each of its parts (two of “night-mail”),
    another the word as it is typed, in upper or lower case."""
    folded = [field for field in fields if _is_folded(model, field)]
    condition = _any_column([field for field in fields if field not in folded], "icontains", word)
    if parts := fold_name(word).split()[:MAX_WORDS]:
        in_folded = Q()
        for part in parts:
            in_folded &= _any_column(folded, "contains", part)
        condition |= in_folded
    return condition


def _is_folded(model: type[models.Model], path: str) -> bool:
    """Return True if the path, such as “issue__folded_title”, ends at a folded column."""
    *relations, name = path.split("__")
    for relation in relations:
        model = cast("type[models.Model]", model._meta.get_field(relation).related_model)
    return isinstance(model._meta.get_field(name), FoldedField)


def filter_folded_words(rows: Rows, text: str, *, column: str, folding: Callable[[str], str]) -> Rows:
    """Keep the rows that have every word of `text` in this column, which holds text folded by `folding`."""
    return _filter_each_word(
        rows, text, condition=lambda word: _any_column([column], "contains", word), folding=folding
    )


def _filter_each_word(
    rows: Rows, text: str, *, condition: Callable[[str], Q], folding: Callable[[str], str] = fold_name
) -> Rows:
    words = folding(text).split()[:MAX_WORDS]
    # A text of signs is no word of any name; no text keeps all rows.
    if not words and text.strip():
        return rows.none()
    for word in words:
        rows = rows.filter(condition(word))
    return rows


def _any_column(columns: Sequence[str], lookup: str, value: Any) -> Q:
    found = Q()
    for column in columns:
        found |= Q(**{f"{column}__{lookup}": value})
    return found
