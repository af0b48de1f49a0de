import datetime as dt
from collections.abc import Sequence
from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q, prefetch_related_objects
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from news.models.appointment import Appointment
from news.models.names_in_time import Names
from news.models.organization import Organization
from news.models.person import Person
from postportal.publishing.models import visibility
from postportal.text.fields import LineField
from postportal.web.date_fields import RangedDateTimeField
from postportal.web.languages import is_chinese, localized_text, other_script_text

FROZEN = ("shown_name", "shown_name_zh", "shown_title", "shown_title_zh")


_ROWS_AT_ONCE = 500


class MentionQuerySet(models.QuerySet["Mention"]):
    def with_public_subject(self, at: dt.datetime) -> Self:
        """Keep the mentions of people and organizations that are public at the time `at`."""
        return self.filter(
            visibility(Person, at, prefix="person__") | visibility(Organization, at, prefix="organization__")
        )

    def with_positions(self, at: dt.datetime) -> Self:
        """Load what `display_name` and `subtitle` need, with a constant number of queries."""
        rows = self.select_related("article", "person__portrait", "organization__logo")
        return rows.prefetch_related(*what_the_register_knows(at))

    def freeze_shown(self) -> int:
        """Store what public articles show of these mentions, unless it is stored already, and return how many were.

        Called after every change of an article, and before every change of the register: an article that was
        published at a scheduled time has not changed since."""
        return self.filter(frozen_at__isnull=True).refresh()

    def refresh(self) -> int:
        """Store what the register says now of these mentions in public articles, and return how many there were."""
        at = timezone.now()
        rows = self.filter(visibility(apps.get_model("news.Article"), at, prefix="article__")).with_public_subject(at)
        rows = rows.with_positions(at).defer("article__body", "article__body_text").order_by("pk")
        found = []
        for mention in rows.iterator(chunk_size=_ROWS_AT_ONCE):
            mention.freeze(at)
            found.append(mention)
        # Without signals: callers tell the search, unless everything shows the same as before.
        Mention.objects.bulk_update(found, [*FROZEN, "frozen_at"], batch_size=_ROWS_AT_ONCE)
        return len(found)


def what_the_register_knows(at: dt.datetime) -> list[Any]:
    """Return the lookups that load all that is known at the time `at` about the subjects of mentions."""
    appointments = Appointment.objects.published(at).for_people().with_former_names()
    return [
        Prefetch("person__appointments", queryset=appointments, to_attr="public_appointments"),
        "person__names",
        "organization__names",
    ]


def load_what_is_not_frozen(mentions: Sequence["Mention"], *, at: dt.datetime) -> None:
    """Load what `display_name` and `subtitle` need, for the mentions that have not stored it. Most cost no query."""
    prefetch_related_objects([row for row in mentions if not row.frozen_at], *what_the_register_knows(at))


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
    # What the article showed when it was first published. Later changes of the register do not change it.
    shown_name = LineField(max_length=200, blank=True, editable=False)
    shown_name_zh = LineField(max_length=200, blank=True, editable=False)
    shown_title = LineField(max_length=2000, blank=True, editable=False)
    shown_title_zh = LineField(max_length=2000, blank=True, editable=False)
    frozen_at = RangedDateTimeField(null=True, editable=False)

    # The person and the organization in the database.
    _loaded_subject: tuple[int | None, int | None] | None = None

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

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        row = super().from_db(*args, **kwargs)
        row._loaded_subject = (row.__dict__.get("person_id"), row.__dict__.get("organization_id"))
        return row

    def save(self, *args: Any, **kwargs: Any) -> None:
        subject = (self.person_id, self.organization_id)
        if self._loaded_subject not in (None, subject):
            self.frozen_at = None
        super().save(*args, **kwargs)

    @property
    def subject(self) -> Person | Organization:
        """Return the person or the organization."""
        return self.person or self.organization  # type: ignore[return-value]

    @property
    def display_name(self) -> str:
        """Return the name in the active language, as it was on the date of the article. The row must be loaded by
        `with_positions`."""
        return localized_text(self._names, "name")

    @property
    def other_script_name(self) -> str:
        """Return the name in the other script, shown next to `display_name`; "" if it is unknown."""
        return other_script_text(self._names, "name")

    @property
    def printed_label(self) -> str:
        """Return the name in the article if it differs from both names that are shown, or else ""."""
        return "" if self.label in self._names else self.label

    @property
    def subtitle(self) -> str:
        """Return the positions of the person on the date of the article, or the kind of the organization; "" if none is
        known. The row must be loaded by `with_positions`."""
        return localized_text(self, "shown_title") if self.frozen_at else self._title

    def freeze(self, at: dt.datetime) -> None:
        """Set the fields that store what is shown, in all languages. The row must be loaded by `with_positions`."""
        self.frozen_at = None
        self.shown_name, self.shown_name_zh = self._names
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                setattr(self, "shown_title_zh" if is_chinese() else "shown_title", self._title)
        self.frozen_at = at

    @property
    def _names(self) -> Names:
        if self.frozen_at:
            return Names(self.shown_name, self.shown_name_zh)
        return self.subject.names_on(self.article.dateline_on)

    @property
    def _title(self) -> str:
        if self.organization:
            return str(self.organization.get_kind_display())
        day = self.article.dateline_on
        appointments: list[Appointment] = self.person.public_appointments  # type: ignore[union-attr]
        return "; ".join(row.full_title_on(day) for row in appointments if row.is_held_on(day))
