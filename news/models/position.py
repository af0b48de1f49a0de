import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from news.models.names_in_time import Names, UsedForATime, ends_after_start, once_at_a_time, used_on
from news.models.organization import Organization
from news.models.title_comparisons import compare_titles_again, differs_from_stored
from postportal.publishing.models import Versioned
from postportal.text.fields import FoldedField, LineField
from postportal.text.name_search import NamedQuerySet
from postportal.web.languages import localized_text
from postportal.web.stable_keys import StableKey


class PositionQuerySet(NamedQuerySet):
    name_columns = ("folded_label", "folded_label_zh", "organization__folded_name", "organization__folded_abbreviation")


class Position(StableKey, Versioned):
    """A job in an organization, such as Director of the State Post Bureau, regardless of who holds it."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="positions", verbose_name=_("organization"), db_index=False
    )
    label = LineField(
        pgettext_lazy("of a position", "title"),
        max_length=120,
        help_text=_("Job title without the organization, for example “Deputy Director”."),
    )
    label_zh = LineField(pgettext_lazy("of a position", "title in Chinese"), max_length=60, blank=True)
    folded_label = FoldedField(of="label")
    folded_label_zh = FoldedField(of="label_zh")
    seats = models.PositiveSmallIntegerField(
        _("seats"), default=1, help_text=_("Number of people who can hold the position at the same time.")
    )
    rank = models.PositiveSmallIntegerField(_("rank"), default=10, help_text=_("Lowest number first."))

    child_relations = ("former_labels", "appointments")
    has_proposals = True

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        permissions = [("propose_position", _("Can propose positions and changes to them"))]
        ordering = ["organization__name", "rank", "label"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "label"],
                name="position_unique",
                violation_error_message=_("The organization already has this position."),
            ),
            models.CheckConstraint(
                condition=models.Q(seats__gte=1),
                name="position_has_a_seat",
                violation_error_message=_("A position must have at least one seat."),
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            self.freeze_mentions()
        is_changed = differs_from_stored(self, ("label", "label_zh", "organization"))
        super().save(*args, **kwargs)
        if is_changed:
            self.compare_titles()
        self.appointments.exclude(is_sole=self.seats == 1).update(is_sole=self.seats == 1)

    def __str__(self) -> str:
        return f"{localized_text(self, 'label')}, {self.organization}"

    def labels_on(self, day: dt.date) -> Names:
        """Return the title that the position had on the day. Reads `former_labels`."""
        former = used_on(self.former_labels.all(), day)
        return Names(former.name, former.name_zh or self.label_zh) if former else Names(self.label, self.label_zh)

    def freeze_mentions(self) -> None:
        """Store what articles show of those who hold the position, before that changes."""
        mentions = self.organization.mentions.model.objects
        mentions.filter(person__in=self.appointments.values("person")).freeze_shown()

    def compare_titles(self) -> None:
        """Have the titles compared again that articles print of those who hold or held the position."""
        compare_titles_again(person__appointments__position=self.pk)


class PositionLabel(UsedForATime):
    """A former title of a position, shown for the days when it was used."""

    position = models.ForeignKey(
        Position, models.CASCADE, related_name="former_labels", verbose_name=_("position"), db_index=False
    )
    name = LineField(pgettext_lazy("of a position", "title"), max_length=120)
    name_zh = LineField(
        pgettext_lazy("of a position", "title in Chinese"),
        max_length=60,
        blank=True,
        help_text=_("Leave blank if it was the same as today."),
    )

    class Meta:
        verbose_name = _("former title")
        verbose_name_plural = _("former titles")
        ordering = ["ends_before", "pk"]
        constraints = [
            *once_at_a_time("position", name="position_label", message=_("The position already has this title.")),
            ends_after_start("position_label_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if not self.until_on:
            raise ValidationError({"until_on": _("Enter when the title was last used.")})

    def freeze_mentions(self) -> None:
        self.position.freeze_mentions()

    def compare_titles(self) -> None:
        self.position.compare_titles()
