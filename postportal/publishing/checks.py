"""Checks of an item before it is submitted: what looks wrong in it, where, and nothing that stops anybody.

This package knows no content. Apps register their checks in their module `dashboard`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise

# Nobody corrects more at once, and a panel is narrow.
MAX_FAULTS = 30


@dataclass(frozen=True)
class Fault:
    """Something to look at. `field` is the form field it is in, and `words` are in the place of the text."""

    title: str
    detail: str = ""
    field: str = ""
    words: str = ""


@dataclass(frozen=True)
class Check:
    """`find` gets the row and the user. `passed` says in a few words that nothing was found. What is told on save is
    also a message after the item was saved."""

    find: Callable[[Any, Any], Iterable[Fault]]
    passed: str | Promise
    applies_to: Callable[[type[Model]], bool]
    is_told_on_save: bool


_checks: list[Check] = []


def register_check(
    find: Callable[[Any, Any], Iterable[Fault]],
    *,
    passed: str | Promise,
    applies_to: Callable[[type[Model]], bool] = lambda model: True,
    is_told_on_save: bool = False,
) -> None:
    """Register a check for the models for which `applies_to` is true: every item, unless it says otherwise."""
    _checks.append(Check(find, passed, applies_to, is_told_on_save))


def run_checks(item: Model, *, user: Any) -> tuple[list[Fault], list[str]]:
    """Return what the checks of the model of the item found, and the names of those that found nothing."""
    faults: list[Fault] = []
    passed: list[str] = []
    for check in _checks:
        if check.applies_to(type(item)):
            found = list(check.find(item, user))
            faults += found
            passed += [] if found else [str(check.passed)]
    return faults[:MAX_FAULTS], passed


def faults_told_on_save(item: Model, *, user: Any) -> list[Fault]:
    """Return what is so likely to be a mistake that a message says it after the item was saved."""
    checks = [check for check in _checks if check.is_told_on_save and check.applies_to(type(item))]
    return [fault for check in checks for fault in check.find(item, user)]
