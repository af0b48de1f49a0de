from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from postportal.documents.models.document import Document


class AttachmentQuerySet(models.QuerySet[Any]):
    def for_readers(self) -> "AttachmentQuerySet":
        """Load what a list of documents shows, in its order."""
        return self.select_related("document").defer("document__text").order_by("order", "pk")


class Attachment(models.Model):
    """A document in the list at the end of an item. Each kind of item has a model of its own, with a foreign key to the
    item: so the list is a part of its versions, its drafts and its previews."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name=_("document"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        abstract = True
        verbose_name = _("document at the end")
        verbose_name_plural = _("documents at the end")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return str(self.document)
