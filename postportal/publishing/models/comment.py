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
MAX_QUOTE_LENGTH, MAX_CONTEXT_LENGTH = 300, 60


class CommentQuerySet(models.QuerySet["Comment"]):
    def of(self, item: models.Model) -> Self:
        return self.filter(content_type=ContentType.objects.get_for_model(item), object_id=item.pk)

    def unresolved(self) -> Self:
        """Keep the comments that ask for something and are not marked as done. Replies are done with their comment."""
        return self.filter(kind__in=Comment.ACTIONABLE_KINDS, done_at__isnull=True, answers__isnull=True)

    def waiting_for(self, user: Any) -> Self:
        """Keep the comments and replies that mention the user, until they are done."""
        is_open = models.Q(done_at__isnull=True, answers__isnull=True) | models.Q(
            answers__isnull=False, answers__done_at__isnull=True
        )
        return self.filter(is_open, kind=Comment.Kind.REMARK, mentioned=user.pk)

    def oldest_first(self) -> Self:
        return self.order_by("at", "pk")


class Comment(models.Model):
    """A comment, or the text of a workflow step. `by` is None for automatic comments and deleted accounts."""

    class Kind(models.TextChoices):
        REMARK = "remark", _("Comment")
        SUBMITTED = "submitted", _("Submitted for review")
        RETURNED = "returned", _("Returned to the writer")
        DECLINED = "declined", _("Declined")
        APPROVED = "approved", _("Approved")
        FORCED = "forced", _("Published without review")
        REVIEWED = "reviewed", _("Approved after publication")
        FAILED = "fault", _("Failed to publish")
        AUTHOR = "author", _("Added as author")
        HANDED_OVER = "handover", _("Handed over")
        ASSIGNED = "assigned", _("Assigned")

    # Ask somebody to do something; the others report what was done.
    ACTIONABLE_KINDS = (Kind.REMARK, Kind.RETURNED)
    # Say why what somebody has submitted is not published.
    REFUSALS = (Kind.RETURNED, Kind.DECLINED)

    content_type = models.ForeignKey(ContentType, models.CASCADE, db_index=False)
    object_id = models.PositiveBigIntegerField()
    item = GenericForeignKey("content_type", "object_id")
    edition = models.ForeignKey("publishing.Edition", models.SET_NULL, null=True, related_name="comments")
    kind = models.CharField(_("type"), max_length=9, choices=Kind.choices, default=Kind.REMARK)
    text = LinesField(_("comment"), max_length=MAX_COMMENT_LENGTH, blank=True)
    at = RangedDateTimeField(_("time"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answers = models.ForeignKey("self", models.CASCADE, null=True, related_name="replies")
    # The place: the words that the comment is about, the field they are in, and what stands beside them.
    field = models.CharField(_("field"), max_length=40, blank=True)
    quote = LineField(_("words"), max_length=MAX_QUOTE_LENGTH, blank=True)
    before = LineField(_("text before"), max_length=MAX_CONTEXT_LENGTH, blank=True)
    after = LineField(_("text after"), max_length=MAX_CONTEXT_LENGTH, blank=True)
    # Colleagues named with @, or to whom the item was handed over or assigned.
    mentioned = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
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
        return self.kind in self.ACTIONABLE_KINDS and self.done_at is None and self.answers_id is None

    @property
    def is_about_people(self) -> bool:
        """Return True if the step gave the item to the colleagues who are mentioned."""
        return self.kind in (self.Kind.AUTHOR, self.Kind.HANDED_OVER, self.Kind.ASSIGNED)

    def is_own(self, user: Any) -> bool:
        return self.by_id is not None and self.by_id == user.pk
