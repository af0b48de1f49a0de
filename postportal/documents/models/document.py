import re
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from postportal.documents.captions import clean_captions
from postportal.documents.file_sizes import describe_size
from postportal.documents.file_types import FILE_TYPES
from postportal.documents.uploads import inspect
from postportal.images.models import FileRow, FileRowQuerySet, Image, random_name_in
from postportal.page_cache.recording import Recorded
from postportal.publishing.models import Versioned
from postportal.text.fields import FoldedField, LineField, LinesField
from postportal.text.tidying import unbroken
from postportal.web.date_fields import RangedDateTimeField
from postportal.web.languages import localized_text

STORED_NAME = re.compile(rf"documents/[0-9a-f]{{2}}/[0-9a-f]{{24}}\.(?:{'|'.join(FILE_TYPES)})")
_NOT_IN_NAMES = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


def random_file_name(instance: models.Model, filename: str) -> str:
    """Return a random name for the uploaded file of a document."""
    return random_name_in("documents", filename)


class FileDetails(models.Model):
    """Details of a stored file."""

    kind = models.CharField(
        _("type"), max_length=4, choices=[(key, each.name) for key, each in FILE_TYPES.items()], editable=False
    )
    size = models.PositiveBigIntegerField(_("size"), editable=False)
    pages = models.PositiveIntegerField(_("pages"), null=True, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    uploaded_at = RangedDateTimeField(_("uploaded at"), default=timezone.now, editable=False)

    class Meta:
        abstract = True

    @property
    def type_and_size(self) -> str:
        """Return what readers want to know before they load the file: “PDF, 12 pages, 1.4 MB”."""
        parts = [self.get_kind_display(), describe_size(self.size)]
        if self.pages:
            pages = ngettext("%(count)s page", "%(count)s pages", self.pages) % {"count": self.pages}
            parts.insert(1, unbroken(pages))
        return _(", ").join(parts)


class DocumentQuerySet(FileRowQuerySet["Document"]):
    def newest_first(self) -> Self:
        return self.order_by("-uploaded_at", "-pk")


class Document(FileDetails, FileRow, Versioned, Recorded):
    """A file for readers, such as a form, a price list or a report. Its URL always leads to its current file. It is
    public while something public lists it or links to it (`postportal.documents.public_uses`)."""

    stored_name = STORED_NAME
    file_details = ("kind", "size", "pages", "sha256", "uploaded_at")
    title = LineField(_("title"), max_length=200, help_text=_("Shown to readers, and the name of the downloaded file."))
    title_zh = LineField(_("title in Chinese"), max_length=200, blank=True)
    folded_title = FoldedField(of="title", db_index=False)
    folded_title_zh = FoldedField(of="title_zh", db_index=False)
    language = models.CharField(
        _("language"),
        max_length=10,
        choices=settings.LANGUAGES,
        blank=True,
        help_text=_("Language of the file. Leave blank if it has several or another one."),
    )
    file = models.FileField(_("file"), upload_to=random_file_name, max_length=120)
    captions = LinesField(
        _("captions"),
        max_length=500_000,
        blank=True,
        help_text=_("Of a video: what is said and heard, as WebVTT, in the language of the file."),
    )
    transcript = LinesField(
        _("transcript"),
        max_length=200_000,
        blank=True,
        help_text=_("Of a video or recording: its words, and what is seen, as text."),
    )
    poster = models.ForeignKey(
        Image,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("poster frame"),
        help_text=_("Of a video: the picture that readers see before they play it. Leave blank for a neutral one."),
    )
    note = LinesField(
        _("note"),
        max_length=500,
        blank=True,
        help_text=_("For colleagues, for example where the file comes from and when it is replaced."),
    )
    # What the search finds, and the file that it was read from. The outbox reads it.
    text = models.TextField(editable=False, blank=True)
    text_file = models.CharField(max_length=120, editable=False, blank=True)
    created_at = RangedDateTimeField(_("created at"), auto_now_add=True)
    modified_at = RangedDateTimeField(_("modified at"), auto_now=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-uploaded_at", "-pk"]
        indexes = [models.Index(fields=["-uploaded_at", "-id"], name="document_newest")]

    def __str__(self) -> str:
        return localized_text(self, "title")

    def get_absolute_url(self) -> str:
        return reverse("document", args=[self.pk])

    def clean(self) -> None:
        super().clean()
        try:
            self.captions = clean_captions(self.captions)
        except ValidationError as error:
            raise ValidationError({"captions": error}) from error
        self.clean_file()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.process_upload()
        with self._delete_file_on_error(), transaction.atomic():
            self.take_details_of_known_file()
            super().save(*args, **kwargs)
            self.record_file(by=self.uploader)

    def take_upload(self, upload: Any) -> ContentFile:
        """Return the file if it is of an accepted type, without what is dangerous in it."""
        found = inspect(upload.file, name=upload.name or "")
        self.kind, self.size, self.pages = found.extension, len(found.content), found.pages
        self.sha256, self.uploaded_at = found.sha256, timezone.now()
        return ContentFile(found.content, name=f"document.{found.extension}")

    @property
    def download_name(self) -> str:
        """Return the name under which browsers save the file: the title, without what no file system takes."""
        title = " ".join(_NOT_IN_NAMES.sub(" ", self.title).split()).strip(". ")[:100]
        return f"{title or 'document'}.{self.kind}"

    @property
    def captions_url(self) -> str:
        return reverse("document_captions", args=[self.pk])

    @property
    def file_type(self) -> Any:
        return FILE_TYPES[self.kind]
