import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from news.models import Organization, Person
from postportal.text.fields import FoldedField, LineField
from services.models.stamp_issue import StampIssue
from services.models.stamp_positions import validate_positions


class Credit(models.Model):
    """A person or company that took part in making a stamp issue."""

    class Role(models.TextChoices):
        DESIGNER = "designer", _("Designer")
        ENGRAVER = "engraver", _("Engraver")
        ARTIST = "artist", _("Original artist")
        PHOTOGRAPHER = "photographer", _("Photographer")
        EDITOR = "editor", _("Editor")
        PRINTER = "printer", _("Printer")

    issue = models.ForeignKey(
        StampIssue, models.CASCADE, related_name="credits", verbose_name=_("stamp issue"), db_index=False
    )
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.DESIGNER)
    name = LineField(_("name as printed"), max_length=160)
    folded_name = FoldedField(of="name", db_index=False)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="stamp_credits", verbose_name=_("person")
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stamp_credits",
        verbose_name=_("organization"),
    )
    positions = LineField(
        _("stamps"),
        max_length=40,
        blank=True,
        validators=[validate_positions],
        help_text=_("Positions in the set, for example 1, 3–4. Leave blank for the whole issue."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("credit")
        verbose_name_plural = _("credits")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(organization__isnull=True),
                name="credit_of_person_or_organization",
                violation_error_message=_("Link a person or an organization, not both."),
            ),
            models.UniqueConstraint(fields=["issue", "role", "name"], name="credit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.name}"

    @property
    def subject(self) -> Person | Organization | None:
        return self.person or self.organization

    def public_subject(self, at: dt.datetime) -> Person | Organization | None:
        """Return the linked person or organization if it is public at `at`. The printed name is shown in any case."""
        return self.subject if self.subject and self.subject.is_visible(at) else None
