import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import islice
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
from postportal.web.bulk_rows import update_columns
from postportal.web.date_fields import RangedDateTimeField
from postportal.web.languages import is_chinese, localized_text, other_script_text

FROZEN = ("shown_name", "shown_name_zh", "shown_title", "shown_title_zh")


_ROWS_AT_ONCE = 500
# The keys of a mention, its person and its organization, and the date of its article.
MentionKey = tuple[int, int | None, int | None, dt.date]


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
        keys = list(rows.order_by("pk").values_list("pk", "person", "organization", "article__dateline_on"))
        shown = _shown_in(keys, at=at)
        while rows_at_once := [(*texts, at, pk) for pk, texts in islice(shown, _ROWS_AT_ONCE)]:
            # Without signals: callers tell the search, unless everything shows the same as before.
            update_columns(Mention, [*FROZEN, "frozen_at"], rows_at_once)
        return len(keys)


def _shown_in(keys: Sequence[MentionKey], *, at: dt.datetime) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the key of each mention, and its texts in the order of FROZEN. Each subject is loaded once."""
    people = Person.objects.in_bulk({person for _, person, _, _ in keys if person})
    organizations = Organization.objects.in_bulk({organization for _, _, organization, _ in keys if organization})
    prefetch_related_objects(list(people.values()), *what_is_known_of_people(at))
    prefetch_related_objects(list(organizations.values()), "names")
    subjects: list[tuple[int, Person | Organization, dt.date]] = [
        (pk, people[person] if person else organizations[organization or 0], day)
        for pk, person, organization, day in keys
    ]
    titles: dict[bool, list[str]] = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            titles[is_chinese()] = [_title_on(subject, day) for _, subject, day in subjects]
    blank = [""] * len(subjects)
    in_both = zip(subjects, titles.get(False, blank), titles.get(True, blank), strict=True)
    for (pk, subject, day), title, title_zh in in_both:
        yield pk, (*subject.names_on(day), title, title_zh)


def what_the_register_knows(at: dt.datetime) -> list[Any]:
    """Return the lookups that load all that is known at the time `at` about the subjects of mentions."""
    appointments = Appointment.objects.published(at).for_people().with_former_names()
    return [
        Prefetch("person__appointments", queryset=appointments, to_attr="public_appointments"),
        "person__names",
        "organization__names",
    ]


def what_is_known_of_people(at: dt.datetime) -> list[Any]:
    """Return the same lookups for people themselves."""
    appointments = Appointment.objects.published(at).for_people().with_former_names()
    return [Prefetch("appointments", queryset=appointments, to_attr="public_appointments"), "names"]


def _title_on(subject: Person | Organization, day: dt.date) -> str:
    """Return the positions that a person held on the day, or the kind of an organization, in the active language."""
    if isinstance(subject, Organization):
        return str(subject.get_kind_display())
    appointments: list[Appointment] = subject.public_appointments  # type: ignore[attr-defined]
    return "; ".join(row.full_title_on(day) for row in appointments if row.is_held_on(day))


def load_what_is_not_frozen(mentions: Sequence["Mention"], *, at: dt.datetime) -> None:
    """Load what `display_name` and `subtitle` need, for the mentions that have not stored it. Most cost no query."""
    prefetch_related_objects([row for row in mentions if not row.frozen_at], *what_the_register_knows(at))


class Mention(models.Model):
    """A person or an organization in an article."""

    class Origin(models.TextChoices):
        EDITOR = "editor", _("an editor")
        DETECTOR = "detector", _("found in the text")

    article = models.ForeignKey(
        "news.Article", models.CASCADE, related_name="mentions", verbose_name=_("article"), db_index=False
    )
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

    @property
    def _names(self) -> Names:
        if self.frozen_at:
            return Names(self.shown_name, self.shown_name_zh)
        return self.subject.names_on(self.article.dateline_on)

    @property
    def _title(self) -> str:
        return _title_on(self.subject, self.article.dateline_on)
