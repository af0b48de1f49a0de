from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from news.models.names_in_time import UsedForATime, ends_after_start
from news.models.organization import Organization
from postportal.web.date_fields import RangedDateField
from postportal.web.date_ranges import HISTORICAL_DAYS


class FormerParent(UsedForATime):
    """An organization of which another one was part for a time. The current one is a column of the organization."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="former_parents", verbose_name=_("organization"), db_index=False
    )
    parent = models.ForeignKey(Organization, models.PROTECT, related_name="former_parts", verbose_name=_("part of"))

    from_on = RangedDateField(
        _("from"), null=True, blank=True, help_text=_("Leave blank if unknown."), days=HISTORICAL_DAYS, years_ahead=10
    )
    until_on = RangedDateField(
        _("until"), null=True, blank=True, help_text=_("Last day."), days=HISTORICAL_DAYS, is_end=True, years_ahead=10
    )

    class Meta:
        verbose_name = _("former parent")
        verbose_name_plural = _("former parents")
        ordering = ["ends_before", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "parent", "ends_before"],
                name="former_parent_once_until",
                violation_error_message=_("The organization was already part of it until this day."),
            ),
            models.CheckConstraint(
                condition=~Q(organization=F("parent")),
                name="former_parent_not_itself",
                violation_error_message=_("An organization cannot be part of itself."),
            ),
            ends_after_start("former_parent_ends_after_start"),
        ]

    def __str__(self) -> str:
        return str(self.parent)

    def clean(self) -> None:
        super().clean()
        if not self.until_on:
            raise ValidationError({"until_on": _("Enter the last day on which the organization was part of it.")})
        if self.parent_id:
            self._require_lifetime()

    def freeze_mentions(self) -> None:
        """Do nothing: articles do not show of what an organization was part."""

    def _require_lifetime(self) -> None:
        """Refuse a period in which the parent certainly did not exist."""
        ended, founded = self.parent.ended_before, self.parent.founded_on
        is_late = ended and self.from_on and self.from_on >= ended
        if is_late or (founded and self.ends_before and self.ends_before <= founded):
            text = _("%(organization)s did not exist at that time.")
            raise ValidationError({"until_on": ValidationError(text, "lifetime", {"organization": self.parent})})
