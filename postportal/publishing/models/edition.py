"""Editions: rounds of work on an item, from the first change until publication."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from postportal.text.fields import LineField
from postportal.web.date_fields import RangedDateTimeField


class Stage(models.TextChoices):
    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("In review")
    SCHEDULED = "scheduled", _("Scheduled")
    PUBLISHED = "published", _("Published")
    DISCARDED = "discarded", _("Discarded")


OPEN_STAGES = (Stage.DRAFT, Stage.REVIEW, Stage.SCHEDULED)


class EditionQuerySet(models.QuerySet["Edition"]):
    def of(self, item: models.Model) -> Self:
        return self.filter(content_type=ContentType.objects.get_for_model(item), object_id=item.pk)

    def of_model(self, model: type[models.Model]) -> Self:
        return self.filter(content_type=ContentType.objects.get_for_model(model))

    def open(self) -> Self:
        return self.filter(stage__in=OPEN_STAGES)

    def due(self, at: dt.datetime) -> Self:
        """Keep the editions scheduled up to `at`. Those in a release are published with it."""
        return self.filter(stage=Stage.SCHEDULED, due_at__lte=at, release__isnull=True)

    def upcoming(self, at: dt.datetime) -> Self:
        """Keep the editions scheduled after `at`, the next first."""
        return self.filter(stage=Stage.SCHEDULED, due_at__gt=at, release__isnull=True).order_by("due_at", "pk")

    def published(self) -> Self:
        return self.filter(stage=Stage.PUBLISHED)

    def unreviewed(self) -> Self:
        """Keep the editions that were published without review and not approved since."""
        return self.filter(stage=Stage.PUBLISHED, is_forced=True, approved_at__isnull=True)

    def not_involving(self, user: Any) -> Self:
        """Keep the editions that the user neither wrote nor published."""
        return self.exclude(writers=user).exclude(published_by=user)

    def newest_first(self) -> Self:
        return self.order_by("-number", "-pk")


class Edition(models.Model):
    """A round of work on an item. `content` holds the unpublished changes to a live item. It is null if the item has
    not been published: its row is then the draft."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, db_index=False)
    object_id = models.PositiveBigIntegerField()
    item = GenericForeignKey("content_type", "object_id")
    number = models.PositiveIntegerField(_("number"))
    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    content = models.JSONField(_("content"), null=True, encoder=DjangoJSONEncoder)
    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    created_at = RangedDateTimeField(_("created at"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    submitted_at = RangedDateTimeField(_("submitted at"), null=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    approved_at = RangedDateTimeField(_("approved at"), null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # A time that was typed, before and after the item is scheduled for it.
    planned_at = RangedDateTimeField(_("planned for"), null=True)
    due_at = RangedDateTimeField(_("scheduled for"), null=True)
    published_at = RangedDateTimeField(_("published at"), null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    is_forced = models.BooleanField(_("published without review"), default=False)
    force_reason = LineField(_("reason for publishing without review"), max_length=300, blank=True)
    is_minor = models.BooleanField(_("minor change"), default=False)
    change_note = LineField(_("change note"), max_length=300, blank=True)
    # What a public correction changed, field by field, as the item says: kept when it is published.
    errata = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    # The edition is published together with the release.
    release = models.ForeignKey("publishing.Release", models.SET_NULL, null=True, related_name="editions")
    failure = models.TextField(_("reason for the failure"), blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        indexes = [
            models.Index(fields=["stage", "due_at"], name="edition_due"),
            models.Index(fields=["content_type", "object_id", "stage", "-published_at"], name="edition_history"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "number"], name="edition_number_unique"),
            models.UniqueConstraint(
                fields=["content_type", "object_id"], condition=Q(stage__in=OPEN_STAGES), name="edition_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.SCHEDULED) | Q(due_at__isnull=False), name="edition_scheduled_has_moment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} ({self.get_stage_display()})"

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN_STAGES

    def is_written_by(self, user: Any) -> bool:
        return self.writers.filter(pk=user.pk).exists()
