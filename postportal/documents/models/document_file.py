from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from postportal.documents.models.document import Document, FileDetails


class DocumentFile(FileDetails):
    """One file that a document has or had. Written with the document and never changed."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="files", verbose_name=_("document"))
    name = models.CharField(_("file"), max_length=120, unique=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("uploaded by"),
    )

    class Meta:
        verbose_name = _("file of a document")
        verbose_name_plural = _("files of documents")
        ordering = ["-uploaded_at", "-pk"]
        # Nobody edits it, so there are no permissions.
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
