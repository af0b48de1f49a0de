from typing import Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from postportal.legacy.parsing.old_urls import OldUrl
from postportal.web.date_fields import RangedDateTimeField
from postportal.web.date_ranges import HISTORICAL_DAYS
from services.models import StampIssue

# The end of a title that a list has cut off.
CUT_MARK = "…"


class CaptureQuerySet(models.QuerySet["Capture"]):
    def at_url(self, url: OldUrl) -> Self:
        return self.filter(host=url.host, path=url.path)

    def without_url(self) -> Self:
        return self.filter(path="")

    def of_model(self, model: type[models.Model]) -> Self:
        """Keep the captures that were imported as items of this model."""
        return self.filter(content_type=ContentType.objects.get_for_model(model), object_id__isnull=False)

    def for_item(self, item: models.Model) -> Self:
        """Keep the captures that were imported as this item."""
        content_type = ContentType.objects.get_for_model(item)
        return self.filter(content_type=content_type, object_id=item.pk)


class Capture(models.Model):
    """A captured page of the old site: its exact text, and the item it was imported as."""

    class Kind(models.TextChoices):
        NEWS = "news", _("News")
        MESSAGE = "message", _("Message")
        STAMP = "stamp", _("Stamp issue")
        YEAR_LIST = "stamp-year-list", _("Stamp programme")
        TOPIC = "topic", _("Topic")
        PAGE = "page", _("Page")

    host = models.CharField(_("old host"), max_length=255, blank=True)
    path = models.CharField(_("old path"), max_length=1000, blank=True)
    file_name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, db_index=True)
    raw_text = models.TextField(_("captured text"))
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    findings = models.TextField(_("findings"), blank=True)
    content_type = models.ForeignKey(
        ContentType,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("item type"),
        related_name="+",
        db_index=False,
    )
    object_id = models.PositiveBigIntegerField(_("item"), null=True, blank=True)
    item = GenericForeignKey("content_type", "object_id")
    # A hash of the item as the import left it: if the item differs from it, somebody has edited it since.
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    captured_at = RangedDateTimeField(_("file date"), null=True, blank=True, days=HISTORICAL_DAYS)
    first_imported_at = RangedDateTimeField(_("first imported at"))
    imported_at = RangedDateTimeField(_("last imported at"))

    objects = CaptureQuerySet.as_manager()

    class Meta:
        verbose_name = _("captured page")
        verbose_name_plural = _("captured pages")
        constraints = [
            models.UniqueConstraint(
                fields=["host", "path"],
                condition=~Q(path=""),
                name="capture_url_unique",
                violation_error_message=_("This URL has already been captured."),
            ),
            models.UniqueConstraint(
                fields=["sha256"],
                condition=Q(path=""),
                name="capture_text_unique",
                violation_error_message=_("This text has already been captured."),
            ),
        ]
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="capture_item"),
            models.Index(fields=["-imported_at", "-id"], name="capture_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.host}{self.path}" if self.path else self.file_name

    def record_item(self, item: models.Model | None, *, fingerprint: str) -> None:
        """Set the item the page was imported as, and its fingerprint. The capture is not saved."""
        self.item = item
        self.fingerprint = fingerprint


class ListEntryQuerySet(models.QuerySet["ListEntry"]):
    def incomplete(self) -> Self:
        """Keep the entries of which the issue still lacks what the list did not say."""
        is_cut = Q(lacking=ListEntry.Lacking.TITLE, issue__title__endswith=CUT_MARK)
        has_no_number = Q(lacking=ListEntry.Lacking.NUMBER, issue__number__isnull=True, issue__serial="")
        return self.filter(is_cut | has_no_number)


class ListEntry(models.Model):
    """An entry of a year's stamp list on the old site, and the issue it announced.

    If nobody but the import has changed the issue, the issue's own page completes it."""

    class Lacking(models.TextChoices):
        TITLE = "title", _("The end of the title is missing.")
        NUMBER = "number", _("The serial number is missing.")

    # The serial number, or else year and title: the same on every page that lists the issue.
    key = models.CharField(_("key"), max_length=320, unique=True)
    issue = models.ForeignKey(StampIssue, models.SET_NULL, null=True, related_name="+", verbose_name=_("stamp issue"))
    lacking = models.CharField(_("lacking"), max_length=6, choices=Lacking.choices, blank=True)
    # The old URL that the list linked to.
    host = models.CharField(_("old host"), max_length=255, blank=True)
    path = models.CharField(_("old path"), max_length=1000, blank=True)
    # A hash of the issue as the list left it; "" if the list has not made it.
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)

    objects = ListEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of a stamp list")
        verbose_name_plural = _("entries of stamp lists")

    def __str__(self) -> str:
        return self.key
