from django.db import models
from django.utils.translation import gettext_lazy as _

from postportal.documents.models.document import Document, FileDetails
from postportal.images.models import KnownFile


class DocumentFile(FileDetails, KnownFile):
    """One file that a document has or had."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="files", verbose_name=_("document"))
    name = models.CharField(_("file"), max_length=120, unique=True)

    class Meta(KnownFile.Meta):
        verbose_name = _("file of a document")
        verbose_name_plural = _("files of documents")

    def __str__(self) -> str:
        return self.name
