"""Checks in the side panel of an item."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from postportal.publishing.admin.panels import ItemPanel
from postportal.publishing.checks import faults_told_on_save, run_checks
from postportal.publishing.models import Publishable
from postportal.staff.form_state import form_state


class ChecksPanel(ItemPanel):
    def context(self, request: HttpRequest, item: Publishable | None) -> dict[str, Any]:
        if item is None:
            return {}
        faults, passed = run_checks(item, user=request.user)
        return {"faults": faults, "passed_checks": passed}

    def on_form_saved(self, request: HttpRequest, item: Publishable) -> None:
        """Say what should not wait for somebody to open the panel. A dry run saves nothing, so nothing is said."""
        if form_state(request).is_dry_run:
            return
        for fault in faults_told_on_save(item, user=request.user):
            messages.warning(request, fault.detail)
