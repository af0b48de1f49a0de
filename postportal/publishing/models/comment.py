"""Comments by colleagues on an item."""

from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from postportal.text.fields import LineField, LinesField
from postportal.web.date_fields import RangedDateTimeField

MAX_COMMENT_LENGTH = 2000


class CommentQuerySet(models.QuerySet["Comment"]):
    def of(self, item: models.Model) -> Self:
        return self.filter(content_type=ContentType.objects.get_for_model(item), object_id=item.pk)

    def unresolved(self) -> Self:
        """Keep the comments that ask for something and are not marked as done."""
        return self.filter(kind__in=Comment.ACTIONABLE_KINDS, done_at__isnull=True)

    def oldest_first(self) -> Self:
        return self.order_by("at", "pk")


class Comment(models.Model):
    """A comment, or the text of a workflow step. `by` is None for automatic comments and deleted accounts."""

    class Kind(models.TextChoices):
        REMARK = "remark", _("Comment")
        SUBMITTED = "submitted", _("Submitted for review")
        RETURNED = "returned", _("Returned to the writer")
        APPROVED = "approved", _("Approved")
        FORCED = "forced", _("Published without review")
        REVIEWED = "reviewed", _("Approved after publication")
        FAILED = "fault", _("Failed to publish")

    # Ask somebody to do something; the others report what was done.
    ACTIONABLE_KINDS = (Kind.REMARK, Kind.RETURNED)

    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    item = GenericForeignKey("content_type", "object_id")
    edition = models.ForeignKey("publishing.Edition", models.SET_NULL, null=True, related_name="comments")
    kind = models.CharField(_("type"), max_length=9, choices=Kind.choices, default=Kind.REMARK)
    text = LinesField(_("comment"), max_length=MAX_COMMENT_LENGTH, blank=True)
    at = RangedDateTimeField(_("time"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    done_at = RangedDateTimeField(_("done at"), null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # Start of the links in the email, for example "https://portal.example".
    origin = LineField(_("origin"), max_length=200, blank=True)
    mailed_at = RangedDateTimeField(_("mailed at"), null=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = [models.Index(fields=["content_type", "object_id", "at"], name="comment_of_item")]

    def __str__(self) -> str:
        return f"{self.item}: {self.get_kind_display()}"

    @property
    def is_unresolved(self) -> bool:
        return self.kind in self.ACTIONABLE_KINDS and self.done_at is None

    def is_own(self, user: Any) -> bool:
        return self.by_id is not None and self.by_id == user.pk
