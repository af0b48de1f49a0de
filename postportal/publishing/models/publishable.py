"""Publishable items and the visibility rule of the portal."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.db.models.lookups import In
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from postportal.page_cache.recording import Recorded
from postportal.publishing.models.versioned import Versioned
from postportal.text.fields import LineField
from postportal.web.date_fields import RangedDateField, RangedDateTimeField
from postportal.web.date_ranges import PUBLICATION_DAYS


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SCHEDULED = "scheduled", _("Scheduled")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    UNPUBLISHED = "unpublished", _("Unpublished")


# Visible from `publish_at` on: a scheduled item needs no process to become public.
PUBLIC_STATES = (State.SCHEDULED, State.PUBLISHED)
NON_PUBLIC_STATES = tuple(state for state in State if state not in PUBLIC_STATES)
# For constraints on fields that only published items need.
IS_DRAFT = Q(state=State.DRAFT)

# For a partial index: few rows expire.
HAS_EXPIRY = Q(expire_at__isnull=False)


class PubliclyTimedQuerySet(models.QuerySet[Any]):
    """Rows that become public and expire at given times."""

    def published(self, at: dt.datetime) -> Self:
        """Keep the rows that are public at `at`. No other code decides this."""
        return self.filter(visibility(self.model, at))

    def hidden(self, at: dt.datetime) -> Self:
        """Keep the rows that are not public at `at`."""
        return self.exclude(visibility(self.model, at))

    def ever_public(self) -> Self:
        """Keep the rows that are public at some time if nothing changes: the visibility rule without the times."""
        rule = Q(publish_at__isnull=False)
        if issubclass(self.model, Publishable):
            rule &= Q(state__in=PUBLIC_STATES)
        return self.filter(rule)

    def still_to_come(self, at: dt.datetime) -> Self:
        """Keep the rows that become public after `at`."""
        return self.ever_public().filter(publish_at__gt=at)

    def scheduled_between(self, at: dt.datetime, end: dt.datetime) -> Self:
        """Keep the scheduled rows that become public after the one time and before the other."""
        return self.still_to_come(at).filter(state=State.SCHEDULED, publish_at__lt=end)

    def published_after(self, at: dt.datetime) -> Self:
        """Keep the published rows that are not public before `at`: none, unless it is past."""
        return self.still_to_come(at).filter(state=State.PUBLISHED)

    def expired_between(self, start: dt.datetime, at: dt.datetime) -> Self:
        """Keep the rows that ceased to be public between the two times, or at one of them."""
        return self.ever_public().filter(expire_at__gte=start, expire_at__lte=at)

    def hidden_querysets(self, at: dt.datetime) -> list[Self]:
        """Return QuerySets that together contain the hidden rows, some of them more than once. Each has an index of its
        own, which makes this fast if few of many rows are hidden. The state is compared in lower case so that its index
        serves nothing else: SQLite would use an index on the plain column for every list."""
        parts = [self.filter(publish_at=None), self.filter(publish_at__gt=at), self.filter(expire_at__lte=at)]
        if issubclass(self.model, Publishable):
            parts.append(self.filter(In(Lower("state"), NON_PUBLIC_STATES)))
        return parts

    def reachable(self, at: dt.datetime) -> Self:
        """Keep the rows that have a page at `at`: public ones, and withdrawn ones with a notice."""
        rule = visibility(self.model, at)
        if issubclass(self.model, Publishable):
            rule |= Q(state=State.WITHDRAWN, publish_at__lte=at)
        return self.filter(rule)


def visibility(model: type[models.Model], at: dt.datetime, *, prefix: str = "") -> Q:
    """Return the condition for a row of `model` to be public at `at`. `prefix`, for example "article__", applies it to
    a related row."""
    rule = Q(**{f"{prefix}publish_at__lte": at})
    rule &= Q(**{f"{prefix}expire_at__isnull": True}) | Q(**{f"{prefix}expire_at__gt": at})
    if issubclass(model, Publishable):
        rule &= Q(**{f"{prefix}state__in": PUBLIC_STATES})
    return rule


def pictures_visibility(model: type[models.Model], day: dt.date, *, prefix: str = "") -> Q:
    """Return the condition for the pictures of a public row to be public on `day`, the local date of the request."""
    name = getattr(model, "pictures_shown_from", "")
    if not name:
        return Q()
    return Q(**{f"{prefix}{name}__isnull": True}) | Q(**{f"{prefix}{name}__lte": day})


class PubliclyTimed(Versioned, Recorded):
    """A row that is public from `publish_at` until `expire_at`, or without an end."""

    # Name of a date field: the pictures of the row and of its child rows are public from the beginning of that day.
    pictures_shown_from: ClassVar[str] = ""

    publish_at = RangedDateTimeField(
        _("public from"),
        default=timezone.now,
        db_index=True,
        help_text=_("Hidden from readers until this time. Choose a future time for an embargo."),
        days=PUBLICATION_DAYS,
        years_ahead=1,
    )
    expire_at = RangedDateTimeField(
        _("public until"),
        null=True,
        blank=True,
        help_text=_("Hidden from readers from this time on. Usually left blank."),
        days=PUBLICATION_DAYS,
        is_end=True,
        years_ahead=10,
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(expire_at__isnull=True) | Q(publish_at__isnull=True) | Q(expire_at__gt=F("publish_at")),
                name="%(app_label)s_%(class)s_expires_after_publish",
                violation_error_message=_("“Public until” must be later than “public from”."),
            )
        ]

    def is_visible(self, at: dt.datetime) -> bool:
        """Apply the visibility rule to a loaded row."""
        return self.publish_at is not None and self.publish_at <= at and (self.expire_at is None or at < self.expire_at)

    def has_page(self, at: dt.datetime) -> bool:
        """Return True if the row has a page at `at`, even if lists do not show it."""
        return self.is_visible(at)

    def holds_back_pictures(self, at: dt.datetime) -> bool:
        """Apply the rule of `pictures_visibility` to a loaded row."""
        return self.holds_back_pictures_on(timezone.localtime(at).date())

    def holds_back_pictures_on(self, day: dt.date) -> bool:
        first_day = getattr(self, self.pictures_shown_from) if self.pictures_shown_from else None
        return first_day is not None and day < first_day


class Publishable(PubliclyTimed):
    """An item with a workflow: written, reviewed, published, corrected, withdrawn."""

    publish_at = RangedDateTimeField(  # type: ignore[assignment]
        _("publish at"),
        null=True,
        blank=True,
        help_text=_("Published items are hidden until this time. Leave blank to use the time of first publication."),
        days=PUBLICATION_DAYS,
        years_ahead=1,
    )
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    withdrawn_at = RangedDateTimeField(
        _("unpublished at"), null=True, blank=True, editable=False, days=PUBLICATION_DAYS
    )
    withdrawal_reason = LineField(
        _("reason for unpublishing"),
        max_length=300,
        blank=True,
        help_text=_("Shown to readers on the page of the withdrawn or unpublished item."),
    )
    changed_at = RangedDateTimeField(
        _("updated for readers at"), null=True, blank=True, editable=False, days=PUBLICATION_DAYS
    )
    change_note = LineField(_("change note"), max_length=300, blank=True, editable=False)
    correction = LineField(
        _("correction"),
        max_length=500,
        blank=True,
        help_text=_("State what was wrong and what is correct. Shown to readers in a box."),
    )
    correction_on = RangedDateField(_("corrected on"), null=True, blank=True, days=PUBLICATION_DAYS, years_ahead=0)
    review_on = RangedDateField(
        _("review by"),
        null=True,
        blank=True,
        help_text=_("From this date on, the item is listed on the dashboard as due for review."),
        is_end=True,
        years_ahead=10,
    )
    created_at = RangedDateTimeField(_("created at"), auto_now_add=True)
    modified_at = RangedDateTimeField(_("modified at"), auto_now=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    # Fields that a copy of an item leaves blank, besides those of every item: what belongs to this one only.
    not_copied: ClassVar[tuple[str, ...]] = ()

    class Meta(PubliclyTimed.Meta):
        abstract = True
        constraints = [
            *PubliclyTimed.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(state__in=PUBLIC_STATES) | Q(publish_at__isnull=False),
                name="%(app_label)s_%(class)s_published_has_moment",
                violation_error_message=_("A published item needs a publication time."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.WITHDRAWN, State.UNPUBLISHED]) | ~Q(withdrawal_reason=""),
                name="%(app_label)s_%(class)s_unpublished_has_reason",
                violation_error_message=_("Enter a reason. Readers will see it."),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.state in (State.WITHDRAWN, State.UNPUBLISHED) and not self.withdrawal_reason.strip():
            raise ValidationError({"withdrawal_reason": _("Enter a reason. Readers will see it.")})
        if self.correction and not self.correction_on:
            self.correction_on = timezone.localdate()
        self.set_implied_times()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_implied_times()
        super().save(*args, **kwargs)

    def set_implied_times(self) -> None:
        """Set the times that the state requires and that are missing."""
        now = timezone.now()
        if self.state == State.PUBLISHED and self.publish_at is None:
            self.publish_at = now
        if self.state not in (State.WITHDRAWN, State.UNPUBLISHED):
            self.withdrawn_at = None
        elif self.withdrawn_at is None:
            self.withdrawn_at = now

    @staticmethod
    def errata_between(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
        """Return what a correction changes that readers of the old content should know, as JSON."""
        return []

    def is_visible(self, at: dt.datetime) -> bool:
        return self.state in PUBLIC_STATES and super().is_visible(at)

    def is_withdrawn(self, at: dt.datetime) -> bool:
        """Return True if the item has a page with a withdrawal notice and is not in lists and search results."""
        return self.state == State.WITHDRAWN and self.publish_at is not None and self.publish_at <= at

    def has_page(self, at: dt.datetime) -> bool:
        return self.is_visible(at) or self.is_withdrawn(at)

    def public_urls(self) -> dict[str, models.Model]:
        """Return every URL of the item and of child rows with a page, in all languages, each with its row."""
        rows: list[Any] = [self]
        for children in (getattr(self, name) for name in self.child_relations):
            rows += children.order_by("pk") if hasattr(children.model, "get_absolute_url") else []
        urls: dict[str, models.Model] = {}
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                urls |= {str(row.get_absolute_url()): row for row in rows}
        return urls

    @property
    def updated_at(self) -> dt.datetime | None:
        """Return the time of the last update shown to readers, or None."""
        if self.changed_at and self.publish_at and self.changed_at > self.publish_at:
            return self.changed_at
        return None

    @property
    def is_edited_in_edition(self) -> bool:
        return self.state in (State.PUBLISHED, State.WITHDRAWN)

    def fill_placeholders(self) -> None:
        """Fill in blank fields without which the page cannot be rendered. Only for use in a dry run: it may write."""

    def missing_for_readers(self) -> list[str]:
        """Return what the item lacks for publication, each as a sentence for its editor."""
        return []

    def is_gone(self, at: dt.datetime) -> bool:
        """Return True if the item was public and its URL must say that it has been removed."""
        if self.state == State.UNPUBLISHED:
            return (
                self.publish_at is not None and self.withdrawn_at is not None and self.publish_at <= self.withdrawn_at
            )
        return self.state in PUBLIC_STATES and self.expire_at is not None and self.expire_at <= at
