"""Report of an import, row by row and field by field."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from postportal.interchange.records import Change


class Result(models.TextChoices):
    """Fate of a row of the file."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")
    REFUSED = "refused", _("Refused")


@dataclass(frozen=True)
class Refusal:
    """Why a value is refused: its place and column, and the sentence that the form would say."""

    place: str
    column: str
    message: str

    def __str__(self) -> str:
        return ": ".join(filter(None, [self.place, self.column, self.message]))


@dataclass
class Outcome:
    """A row of the file: its place and key, and what becomes of it."""

    place: str
    key: str
    result: Result = Result.UNCHANGED
    changes: list[Change] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    # Number of child rows that are not in the file and stay.
    kept: int = 0
    # Its newest version, so that a change by somebody else is noticed even if it made no difference.
    version: int = 0
    is_draft: bool = False

    @property
    def digest(self) -> str:
        """Return a hash of everything that is shown and of the version that it is based on. A key that was made from a
        name is not part of it: it may get a number when others are imported first."""
        refusals = [str(each) for each in self.refusals]
        facts = [self.place, self.result, self.version, self.kept, self.changes, refusals]
        return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()


@dataclass
class Report:
    """The outcomes of a file in its order."""

    outcomes: list[Outcome] = field(default_factory=list)

    def of(self, result: str) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.result == result]

    @property
    def counts(self) -> dict[Any, int]:
        """Return the number of rows for each result, by its label."""
        return {result.label: len(self.of(result)) for result in Result}

    @property
    def will_write(self) -> bool:
        return bool(self.of(Result.NEW) or self.of(Result.CHANGED))

    @property
    def shown(self) -> list[Outcome]:
        """Return the rows that are worth reading, those that are refused first."""
        return [*self.of(Result.REFUSED), *self.of(Result.NEW), *self.of(Result.CHANGED)]

    @property
    def digest(self) -> str:
        """Return a hash of everything that is shown and of the versions that it is based on."""
        rows = [[row.key, row.digest] for row in self.outcomes]
        return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()
