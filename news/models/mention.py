import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from news.models.appointment import Appointment
from news.models.organization import Organization
from news.models.person import Person
from postportal.publishing.models import visibility
from postportal.text.fields import LineField


class MentionQuerySet(models.QuerySet["Mention"]):
    def with_public_subject(self, at: dt.datetime) -> Self:
        """Keep the mentions of people and organizations that are public at the time `at`."""
        return self.filter(
            visibility(Person, at, prefix="person__") | visibility(Organization, at, prefix="organization__")
        )

    def with_positions(self, at: dt.datetime) -> Self:
        """Load what `subject` and `subtitle` need, with a constant number of queries."""
        appointments = Prefetch(
            "person__appointments",
            queryset=Appointment.objects.published(at).for_people(),
            to_attr="public_appointments",
        )
        return self.select_related("article", "person__portrait", "organization__logo").prefetch_related(appointments)


class Mention(models.Model):
    """A person or an organization in an article."""

    class Origin(models.TextChoices):
        EDITOR = "editor", _("an editor")
        DETECTOR = "detector", _("found in the text")

    article = models.ForeignKey("news.Article", models.CASCADE, related_name="mentions", verbose_name=_("article"))
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="mentions", verbose_name=_("person")
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="mentions", verbose_name=_("organization")
    )
    label = LineField(
        _("name in the article"),
        max_length=200,
        blank=True,
        help_text=_("Only if it differs from the full name."),
    )
    origin = models.CharField(_("linked by"), max_length=8, choices=Origin.choices, default=Origin.EDITOR)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = MentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, organization__isnull=True)
                | Q(person__isnull=True, organization__isnull=False),
                name="mention_of_person_or_organization",
                violation_error_message=_("Choose either a person or an organization."),
            ),
            models.UniqueConstraint(
                fields=["article", "person"],
                name="mention_person_once",
                violation_error_message=_("This person is already linked to the article."),
            ),
            models.UniqueConstraint(
                fields=["article", "organization"],
                name="mention_organization_once",
                violation_error_message=_("This organization is already linked to the article."),
            ),
        ]

    def __str__(self) -> str:
        return self.label or str(self.subject)

    @property
    def subject(self) -> Person | Organization:
        """Return the person or the organization."""
        return self.person or self.organization  # type: ignore[return-value]

    @property
    def subtitle(self) -> str:
        """Return the positions of the person on the date of the article, or the kind of the organization; "" if none is
        known. The row must be loaded by `with_positions`."""
        if self.organization:
            return str(self.organization.get_kind_display())
        appointments: list[Appointment] = self.person.public_appointments  # type: ignore[union-attr]
        held = [row.full_title for row in appointments if row.is_held_on(self.article.dateline_on)]
        return "; ".join(held)
