"""Warnings under the fields of a stamp issue and its stamps, and after saving. They refuse nothing."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from postportal.staff.form_state import form_state
from postportal.staff.panels import Panel
from services.models import StampIssue
from services.models.issue_warnings import IssueWarning, warnings_of


class WarnedIssueForm(ModelForm):
    """Form of an issue with warnings about its stored values."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.is_bound:
            show_warnings(self, [each for each in all_warnings(self.instance) if each.stamp is None])


class WarningsPanel(Panel):
    """Says after saving that something looks wrong."""

    def on_form_saved(self, request: HttpRequest, item: StampIssue) -> None:
        count = 0 if form_state(request).is_dry_run else len(all_warnings(item))
        if count:
            text = ngettext(
                "Check one detail: the form shows a warning under its field.",
                "Check %(count)s details: the form shows warnings under their fields.",
                count,
            )
            self.model_admin.message_user(request, text % {"count": count}, messages.WARNING)


def all_warnings(issue: StampIssue) -> list[IssueWarning]:
    """Return the warnings about the issue itself, its stamps and the numbers before it."""
    found = warnings_of(issue)
    if StampIssue.objects.after_a_gap().filter(pk=issue.pk).exists():
        found.append(IssueWarning("number", _("The register has lower numbers, but not the one before this.")))
    return found


def show_warnings(form: ModelForm, warnings: Iterable[IssueWarning]) -> None:
    """Add the warnings to the hints of their fields, which screen readers announce with the fields."""
    for warning in warnings:
        if field := form.fields.get(warning.field):
            line = '{} <strong class="value-warning">{}</strong>'
            field.help_text = format_html(line, field.help_text, warning.text)
