"""Registers that can be exported and imported, each defined in the package `interchange` of its app."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst

from postportal.interchange.columns import Column, make_columns
from postportal.interchange.references import register_reference
from postportal.publishing.models import Planned
from postportal.publishing.versions import snapshots


class Plan(NamedTuple):
    """A change on a day to come, not saved, and what the report says of it."""

    row: Planned
    words: str


@dataclass(frozen=True)
class Part:
    """Child rows of a register, told apart by the columns of their key."""

    relation: str
    key: tuple[str, ...]


@dataclass(frozen=True)
class Register:
    """Rows of one model, with those of their child rows that belong to the file."""

    name: str
    model: type[models.Model]
    # The column that names a row in every installation.
    key: str = "slug"
    # Columns by which files name a row in other registers.
    reference: tuple[str, ...] = ("slug",)
    parts: tuple[Part, ...] = field(default=())
    # Takes a row, the content of the file and the `current` one. Moves what lies ahead from the content to plans.
    plan: Callable[..., list[Plan]] | None = None
    # The reference to what only some rows can have at a time: those of a file that name the same are imported together.
    together: str = ""
    # Takes the model and the content of a file for a new row. Leaves what holds today, and returns True if `plan` has
    # to plan the rest once the row is there.
    hold_back: Callable[[type[models.Model], dict[str, Any]], bool] | None = None

    @cached_property
    def columns(self) -> list[Column]:
        """Return the columns after the key."""
        fields = [row for row in snapshots.editable_fields(self.model) if row.name != self.key]
        return make_columns([*fields, *snapshots.tag_fields(self.model), *_links(self.model)])

    @cached_property
    def key_field(self) -> Any:
        return self.model._meta.get_field(self.key)

    def key_in(self, text: str) -> str:
        """Return the key as the portal writes it. Of a text that is no key, the text."""
        text = text.strip()
        try:
            return str(self.key_field.to_python(text)) if text else ""
        except ValidationError:
            return text

    @cached_property
    def part_tables(self) -> dict[str, "PartTable"]:
        return {part.relation: PartTable(self, part) for part in self.parts}

    @property
    def refers_to_itself(self) -> bool:
        """Return True if a row can name another of the same file, perhaps a later one."""
        tables = [self.columns, *(table.columns for table in self.part_tables.values())]
        return any(column.related is self.model for columns in tables for column in columns)


@dataclass(frozen=True)
class PartTable:
    """The columns of child rows, and the one with the key of their parent."""

    register: Register
    part: Part

    @cached_property
    def model(self) -> type[models.Model]:
        return self._relation.related_model  # type: ignore[no-any-return]

    @cached_property
    def parent(self) -> str:
        """Return the name of the column with the key of the parent, which is that of its foreign key."""
        return str(self._relation.field.name)

    @cached_property
    def columns(self) -> list[Column]:
        return make_columns([row for row in snapshots.row_fields(self.model) if row.name != self.parent])

    @property
    def label(self) -> str:
        return str(capfirst(self.model._meta.verbose_name))

    @cached_property
    def _relation(self) -> Any:
        return self.register.model._meta.get_field(self.part.relation)


_registers: dict[str, Register] = {}


def add_register(register: Register) -> Register:
    """Make a register known to the pages and commands, and to the files of others that refer to it."""
    _registers[register.name] = register
    register_reference(register.model, register.reference)
    return register


def registers() -> list[Register]:
    return list(_registers.values())


def register_named(name: str) -> Register | None:
    return _registers.get(name)


def register_of(model: type[models.Model]) -> Register | None:
    """Return the register of a model, None if it has none."""
    return next((register for register in _registers.values() if register.model is model), None)


def _links(model: type[models.Model]) -> list[Any]:
    tags = snapshots.tag_fields(model)
    return [row for row in model._meta.many_to_many if row not in tags]
