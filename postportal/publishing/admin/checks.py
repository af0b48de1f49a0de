"""Checks in the side panel of an item."""

from typing import Any

from django.http import HttpRequest

from postportal.publishing.admin.panels import ItemPanel
from postportal.publishing.checks import run_checks
from postportal.publishing.models import Publishable


class ChecksPanel(ItemPanel):
    def context(self, request: HttpRequest, item: Publishable | None) -> dict[str, Any]:
        if item is None:
            return {}
        faults, passed = run_checks(item, user=request.user)
        return {"faults": faults, "passed_checks": passed}
