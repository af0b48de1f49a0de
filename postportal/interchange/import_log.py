"""Entries of imports in the audit log."""

from typing import Any

from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.interchange.registers import Register
from postportal.interchange.report import Result


def log_import(register: Register, counts: dict[Result, int], *, by: Any, note: str = "") -> None:
    """Log how many rows were imported. Must be called at the end of the transaction that has written them."""
    numbers = [f"{counts[result]} {result.value}" for result in Result]
    log_action(Action.IMPORT, user=by, item=register.model, detail=", ".join([*numbers, *filter(None, [note])]))
