"""Releases: items that are published together or not at all."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.publishing.models.publishable import PubliclyTimed
from postportal.text.fields import LineField, LinesField
from postportal.web.date_fields import RangedDateTimeField
from postportal.web.date_ranges import PUBLICATION_DAYS


class ReleaseQuerySet(models.QuerySet["Release"]):
    def due(self, at: dt.datetime) -> Self:
        """Keep the releases scheduled up to `at`."""
        return self.filter(stage=Release.Stage.SCHEDULED, due_at__lte=at)

    def upcoming(self, at: dt.datetime) -> Self:
        """Keep the releases scheduled after `at`, the next first."""
        return self.filter(stage=Release.Stage.SCHEDULED, due_at__gt=at).order_by("due_at", "pk")

    def in_preparation(self) -> Self:
        return self.filter(stage=Release.Stage.DRAFT)

    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")


class Release(models.Model):
    """Editions and rows without a workflow that are published together. For its items see `members` in
    postportal/publishing/workflow/release_members.py."""

    class Stage(models.TextChoices):
        DRAFT = "draft", gettext_lazy("In preparation")
        SCHEDULED = "scheduled", gettext_lazy("Scheduled")
        PUBLISHED = "published", gettext_lazy("Published")

    name = LineField(gettext_lazy("name"), max_length=150, help_text=gettext_lazy("Shown to staff only."))
    note = LinesField(
        gettext_lazy("note"),
        max_length=2000,
        blank=True,
        help_text=gettext_lazy("What the release is for, and who to contact."),
    )
    stage = models.CharField(
        gettext_lazy("stage"), max_length=9, choices=Stage.choices, default=Stage.DRAFT, editable=False
    )
    created_at = RangedDateTimeField(gettext_lazy("created at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    due_at = RangedDateTimeField(gettext_lazy("scheduled for"), null=True, editable=False)
    published_at = RangedDateTimeField(gettext_lazy("published at"), null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    failure = models.TextField(gettext_lazy("reason for the failure"), blank=True, editable=False)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("release")
        verbose_name_plural = gettext_lazy("releases")
        indexes = [models.Index(fields=["stage", "due_at"], name="release_due")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage="scheduled") | Q(due_at__isnull=False), name="release_scheduled_has_moment"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Return True while items can be added and removed."""
        return self.stage == self.Stage.DRAFT


class Releasable(PubliclyTimed):
    """A row without a workflow that is published at a given time or with a release. Without a time it is hidden."""

    publish_at = RangedDateTimeField(  # type: ignore[assignment]
        gettext_lazy("public from"),
        null=True,
        blank=True,
        default=timezone.now,
        db_index=True,
        help_text=gettext_lazy(
            "Hidden from readers until this time. Choose a future time for an embargo. "
            "Leave blank to hide the item until you enter a time or a release publishes it."
        ),
        days=PUBLICATION_DAYS,
        years_ahead=1,
    )
    release = models.ForeignKey(
        Release,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=gettext_lazy("release"),
    )

    class Meta(PubliclyTimed.Meta):
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.release is None:
            return
        is_published = self.release.stage == Release.Stage.PUBLISHED
        if not is_published and self.publish_at is not None:
            text = _(
                "This item is part of the release “%(release)s”. "
                "Leave this blank, or remove the item from the release first."
            )
            raise ValidationError({"publish_at": text % {"release": self.release}})
        if is_published and self.publish_at is None:
            text = _(
                "This item was published with the release “%(release)s”. To hide it, enter a time in “public until”."
            )
            raise ValidationError({"publish_at": text % {"release": self.release}})
