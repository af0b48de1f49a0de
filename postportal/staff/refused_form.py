"""Form of a row that the database refused though the form was valid."""

from typing import ClassVar

from django.db import IntegrityError
from django.forms import ModelForm
from django.utils.translation import gettext as _

from postportal.staff.database_rules import BrokenRule, broken_rule

# Their rules say that two people saved at once, such as the number of a revision.
BOOKKEEPING = {"publishing", "staff", "audit", "outbox"}


class RefusedForm(ModelForm):
    """Mixin for a form class: where validation finds nothing, says what the database refused, at the field if the form
    has it."""

    database_error: ClassVar[IntegrityError]

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_bound or self.errors:
            return
        rule = broken_rule(self.database_error)
        if rule is None or rule.model._meta.app_label in BOOKKEEPING - {self._meta.model._meta.app_label}:
            text = _("Someone else saved a change at the same time. Your text is still here. Check it and save again.")
            self.add_error(None, text)
            return
        self.add_error(self._field_of(rule), rule.message)

    def _field_of(self, rule: BrokenRule) -> str | None:
        """Return the field that is blank, or else the last: constraints name the most specific one at the end."""
        names = [name for name in rule.fields if name in self.fields] if rule.model is self._meta.model else []
        blank = [name for name in names if self.cleaned_data.get(name) in (None, "")]
        return next(iter([*blank, *reversed(names)]), None)
