"""Revisions: the content of an item after each save that changed it."""

from typing import Any, NoReturn, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from postportal.text.fields import LineField
from postportal.web.date_fields import RangedDateTimeField

MAX_COMMAND = 60


class RevisionQuerySet(models.QuerySet["Revision"]):
    def of(self, item: models.Model) -> Self:
        return self.filter(content_type=ContentType.objects.get_for_model(item), object_id=item.pk)

    def of_model(self, model: type[models.Model]) -> Self:
        return self.filter(content_type=ContentType.objects.get_for_model(model))

    def last_of_deleted(self, model: type[models.Model]) -> Self:
        """Keep of each deleted row of the model what it was when it was deleted."""
        deletions = self.of_model(model).filter(kind=Revision.Kind.DELETED)
        later = deletions.filter(object_id=OuterRef("object_id"), number__gt=OuterRef("number"))
        row = model._default_manager.filter(pk=OuterRef("object_id"))
        return deletions.exclude(Exists(later)).exclude(Exists(row)).order_by("-at", "-pk")

    def newest_first(self) -> Self:
        return self.order_by("-number")

    def for_history(self) -> Self:
        """Load what the list of revisions shows, without the texts."""
        return self.select_related("by", "edition").defer("content", "edition__content").newest_first()

    def delete(self) -> NoReturn:
        raise TypeError("Revisions cannot be deleted.")

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("Revisions cannot be changed.")


class Revision(models.Model):
    """A version of an item with its tags, links and child rows. Written once and never changed."""

    class Kind(models.TextChoices):
        FOUND = "found", _("Changed outside the admin")
        SAVED = "saved", _("Saved")
        RESTORED = "restored", _("Restored")
        IMPORTED = "imported", _("Imported")
        FILED = "filed", _("Tags, section or source changed")
        # What the row was at that moment, also in columns that nobody edits: from it the row can be restored.
        DELETED = "deleted", _("Deleted")

    content_type = models.ForeignKey(ContentType, models.CASCADE, db_index=False)
    object_id = models.PositiveBigIntegerField()
    item = GenericForeignKey("content_type", "object_id")
    number = models.PositiveIntegerField(_("number"))
    edition = models.ForeignKey("publishing.Edition", models.SET_NULL, null=True, related_name="revisions")
    kind = models.CharField(_("type"), max_length=8, choices=Kind.choices, default=Kind.SAVED)
    content = models.JSONField(_("content"), encoder=DjangoJSONEncoder)
    at = RangedDateTimeField(_("time"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    note = LineField(_("note"), max_length=300, blank=True)
    # Where a command deleted the row: its name.
    command = LineField(_("command"), max_length=MAX_COMMAND, blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        indexes = [models.Index(fields=["content_type", "at"], name="revision_by_time")]
        constraints = [
            # Of two concurrent saves, the second gets an error.
            models.UniqueConstraint(fields=["content_type", "object_id", "number"], name="revision_number_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.item} #{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("Revisions cannot be changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("Revisions cannot be deleted.")
