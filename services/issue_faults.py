"""Check of a stamp issue before it is submitted: what readers would miss, and what contradicts itself."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from postportal.publishing.checks import Fault
from services.models import StampIssue
from services.models.issue_warnings import has_only_a_title, warnings_of


def issue_faults(issue: StampIssue, user: Any) -> Iterable[Fault]:
    """Yield what is missing in the issue, then the warnings that its form shows under the fields."""
    if has_only_a_title(issue, list(issue.stamps.all())):
        yield Fault(
            _("Readers see nothing but the title"), _("Add the date of issue, the stamps or a text."), field="issued_on"
        )
    elif not issue.issued_on:
        yield Fault(_("The date of issue is missing"), _("Readers see that it is not known."), field="issued_on")
    for warning in warnings_of(issue):
        if warning.field != "title":
            where = str(warning.stamp) if warning.stamp else ""
            yield Fault(warning.text, where, field=warning.field)
