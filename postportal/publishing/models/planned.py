"""Changes of registers that are written down ahead and made when they are due."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from postportal.publishing.models.publishable import PubliclyTimedQuerySet
from postportal.publishing.models.release import Releasable
from postportal.publishing.models.versioned import Versioned
from postportal.web.date_fields import RangedDateTimeField
from postportal.web.date_ranges import PUBLICATION_DAYS


class PlannedQuerySet(PubliclyTimedQuerySet):
    def due(self, at: dt.datetime) -> Self:
        """Keep the changes to be made by `at`."""
        return self.filter(models.Q(expire_at__isnull=True) | models.Q(expire_at__gt=at), due_at__lte=at)

    def pending(self) -> Self:
        """Keep the changes that have not been made yet."""
        return self.filter(made_at__isnull=True)

    def announced(self, at: dt.datetime) -> Self:
        """Keep the changes that readers know of and that are still to come, not those that have become impossible."""
        return self.published(at).pending().filter(failure="")


class Planned(Releasable):
    """A change that is not in the rows that it is about until it is due: no page, feed or search has to hide it."""

    publish_at = RangedDateTimeField(
        _("public from"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_(
            "Nothing of the change shows before this time. "
            "Leave blank to hide it until you enter a time or a release publishes it."
        ),
        days=PUBLICATION_DAYS,
        years_ahead=1,
    )
    # Made from the other times. Without one the change waits for somebody, or has been made.
    due_at = RangedDateTimeField(null=True, editable=False, db_index=True, days=PUBLICATION_DAYS)
    made_at = RangedDateTimeField(_("made at"), null=True, editable=False)
    failure = models.TextField(_("reason for the failure"), blank=True, editable=False)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    objects: ClassVar[Any] = PlannedQuerySet.as_manager()

    class Meta(Releasable.Meta):
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.due_at = None if self._is_settled else self.moment()
        super().save(*args, **kwargs)

    def moment(self) -> dt.datetime | None:
        """Return the time at which the change is made, if it is public from `publish_at`."""
        return self.publish_at

    def is_missed(self, at: dt.datetime) -> bool:
        """Return True if the change would be made at once, were the row stored now."""
        moment = None if self._is_settled else self.moment()
        return moment is not None and moment <= at

    @property
    def _is_settled(self) -> bool:
        return bool(self.made_at or self.failure or self.publish_at is None)

    @property
    def owner(self) -> Versioned:
        """Return the row that the change is about, in whose history it is."""
        raise NotImplementedError

    def make(self, at: dt.datetime) -> None:
        """Write the change to the rows that it is about. Raises ValidationError if it is not possible any more."""
        raise NotImplementedError
