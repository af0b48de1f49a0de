"""Who may see what, when: the one visibility rule of the portal."""

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


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SCHEDULED = "scheduled", _("Scheduled")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    UNPUBLISHED = "unpublished", _("Unpublished")


# Shown from the moment it is published at; between the two nothing has to run.
PUBLIC_STATES = (State.SCHEDULED, State.PUBLISHED)
NON_PUBLIC_STATES = tuple(state for state in State if state not in PUBLIC_STATES)
# For constraints: what only has to be there once readers may know the item.
IS_DRAFT = Q(state=State.DRAFT)

# For an index of the few rows that do.
HAS_EXPIRY = Q(expire_at__isnull=False)


class PubliclyTimedQuerySet(models.QuerySet[Any]):
    """Rows that come and go by themselves, to the second."""

    def published(self, at: dt.datetime) -> Self:
        """Keep the rows the public may see at the moment `at`. No other code decides this."""
        return self.filter(visibility(self.model, at))

    def hidden(self, at: dt.datetime) -> Self:
        """Keep the others: what the public may not see at the moment `at`."""
        return self.exclude(visibility(self.model, at))

    def hidden_querysets(self, at: dt.datetime) -> list[Self]:
        """The same in parts, a row perhaps in several of them. With an index for each part this is fast where few rows
        are hidden among very many. The state is asked for in another form than everywhere else, so that its index
        serves nothing else: SQLite would take one of the state itself for every list."""
        parts = [self.filter(publish_at=None), self.filter(publish_at__gt=at), self.filter(expire_at__lte=at)]
        if issubclass(self.model, Publishable):
            parts.append(self.filter(In(Lower("state"), NON_PUBLIC_STATES)))
        return parts

    def reachable(self, at: dt.datetime) -> Self:
        """Keep the rows whose own page readers find at the moment `at`: also those withdrawn, under their notice."""
        rule = visibility(self.model, at)
        if issubclass(self.model, Publishable):
            rule |= Q(state=State.WITHDRAWN, publish_at__lte=at)
        return self.filter(rule)


def visibility(model: type[models.Model], at: dt.datetime, *, prefix: str = "") -> Q:
    """Return the condition under which a row of `model` is public at `at`; `prefix` ("article__") reaches it over a
    relation."""
    rule = Q(**{f"{prefix}publish_at__lte": at})
    rule &= Q(**{f"{prefix}expire_at__isnull": True}) | Q(**{f"{prefix}expire_at__gt": at})
    if issubclass(model, Publishable):
        rule &= Q(**{f"{prefix}state__in": PUBLIC_STATES})
    return rule


class PubliclyTimed(models.Model):
    """Something public from one moment on and, perhaps, until another."""

    publish_at = models.DateTimeField(
        _("public from"),
        default=timezone.now,
        db_index=True,
        help_text=_("Hidden from readers until this moment. A moment in the future is an embargo."),
    )
    expire_at = models.DateTimeField(
        _("public until"), null=True, blank=True, help_text=_("Hidden again from this moment on. Usually left empty.")
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
        """The visibility rule for a row already loaded."""
        return self.publish_at is not None and self.publish_at <= at and (self.expire_at is None or at < self.expire_at)

    def has_page(self, at: dt.datetime) -> bool:
        """True where its own address shows it; lists may not."""
        return self.is_visible(at)


class Publishable(PubliclyTimed):
    """Something that is written, published, corrected and, at times, withdrawn."""

    publish_at = models.DateTimeField(  # type: ignore[assignment]
        _("publish at"),
        null=True,
        blank=True,
        help_text=_("Published items are hidden until this moment. Empty means: the moment it is first published."),
    )
    # Rows that belong to an item and go out with it: names of their reverse relations.
    child_relations: ClassVar[tuple[str, ...]] = ()

    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    withdrawn_at = models.DateTimeField(_("unpublished at"), null=True, blank=True, editable=False)
    withdrawal_reason = models.CharField(
        _("reason for unpublishing"),
        max_length=300,
        blank=True,
        help_text=_("Readers see this on the page that says the item is gone."),
    )
    changed_at = models.DateTimeField(_("updated for readers at"), null=True, blank=True, editable=False)
    change_note = models.CharField(_("what changed"), max_length=300, blank=True, editable=False)
    correction = models.CharField(
        _("correction"), max_length=500, blank=True, help_text=_("What was wrong and what is right. Shown in a box.")
    )
    correction_on = models.DateField(_("corrected on"), null=True, blank=True)
    review_on = models.DateField(
        _("look at it again on"),
        null=True,
        blank=True,
        help_text=_("From this day on the staff home lists it as one that may be out of date."),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    modified_at = models.DateTimeField(_("modified at"), auto_now=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta(PubliclyTimed.Meta):
        abstract = True
        constraints = [
            *PubliclyTimed.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(state__in=PUBLIC_STATES) | Q(publish_at__isnull=False),
                name="%(app_label)s_%(class)s_published_has_moment",
                violation_error_message=_("A published item needs the moment it is published at."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.WITHDRAWN, State.UNPUBLISHED]) | ~Q(withdrawal_reason=""),
                name="%(app_label)s_%(class)s_unpublished_has_reason",
                violation_error_message=_("Say why the item is unpublished: readers will ask."),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.state in (State.WITHDRAWN, State.UNPUBLISHED) and not self.withdrawal_reason.strip():
            raise ValidationError({"withdrawal_reason": _("Say why the item is unpublished: readers will ask.")})
        if self.correction and not self.correction_on:
            self.correction_on = timezone.localdate()
        self.set_implied_times()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_implied_times()
        super().save(*args, **kwargs)

    def set_implied_times(self) -> None:
        """Fill the moments that the state implies, so that no published row is without one."""
        now = timezone.now()
        if self.state == State.PUBLISHED and self.publish_at is None:
            self.publish_at = now
        if self.state not in (State.WITHDRAWN, State.UNPUBLISHED):
            self.withdrawn_at = None
        elif self.withdrawn_at is None:
            self.withdrawn_at = now

    def is_visible(self, at: dt.datetime) -> bool:
        return self.state in PUBLIC_STATES and super().is_visible(at)

    def is_withdrawn(self, at: dt.datetime) -> bool:
        """True where its own page still shows the text, under a notice; no list and no search does."""
        return self.state == State.WITHDRAWN and self.publish_at is not None and self.publish_at <= at

    def has_page(self, at: dt.datetime) -> bool:
        return self.is_visible(at) or self.is_withdrawn(at)

    def public_urls(self) -> dict[str, models.Model]:
        """Every address it is shown at, in every language, with the row that is shown there: its parts may have pages
        of their own."""
        rows: list[Any] = [self]
        for part in (getattr(self, name) for name in self.child_relations):
            rows += part.order_by("pk") if hasattr(part.model, "get_absolute_url") else []
        found: dict[str, models.Model] = {}
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                found |= {str(row.get_absolute_url()): row for row in rows}
        return found

    @property
    def updated_at(self) -> dt.datetime | None:
        """When readers were last told of a change after publication; None if never."""
        if self.changed_at and self.publish_at and self.changed_at > self.publish_at:
            return self.changed_at
        return None

    @property
    def is_edited_in_edition(self) -> bool:
        """True where readers know it: what is written now waits in an edition beside the row."""
        return self.state in (State.PUBLISHED, State.WITHDRAWN)

    def fill_placeholders(self) -> None:
        """Put a stand-in wherever the page cannot be drawn without a value. Only inside a rehearsal: it may write."""

    def missing_for_readers(self) -> list[str]:
        """What a draft may lack and a published item may not, each as a sentence for its editor."""
        return []

    def is_gone(self, at: dt.datetime) -> bool:
        """True where readers knew the item and may be told that it is no longer here."""
        if self.state == State.UNPUBLISHED:
            return (
                self.publish_at is not None and self.withdrawn_at is not None and self.publish_at <= self.withdrawn_at
            )
        return self.state in PUBLIC_STATES and self.expire_at is not None and self.expire_at <= at
