"""Pictures with their alternative text, focal point and stored sizes."""

import hashlib
from pathlib import PurePosixPath
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from postportal.images.models.stored_files import (
    FileRow,
    FileRowQuerySet,
    Source,
    delete_files_on_commit,
    random_file_name,
)
from postportal.images.processing import make_master
from postportal.page_cache.recording import Recorded
from postportal.publishing.models import Versioned
from postportal.richtext.handlers import move_pictures
from postportal.text.fields import FoldedField, LineField
from postportal.text.name_search import filter_words
from postportal.web.date_fields import RangedDateField, RangedDateTimeField
from postportal.web.media_names import MASTER_NAME, stem_of

CROP_FIELDS = ("crop_left", "crop_top", "crop_right", "crop_bottom")
# What part of the picture readers see, and what part of that matters most.
FRAMING_FIELDS = ("focal_x", "focal_y", *CROP_FIELDS)
# A smaller part is a slip of the hand.
MIN_CROP = 0.05
_FRACTION_VALIDATORS = [MinValueValidator(0.0), MaxValueValidator(1.0)]


class ImageQuerySet(FileRowQuerySet["Image"]):
    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")

    def matching(self, text: str) -> Self:
        """Filter to pictures that have every word of `text` in title, alternative text, caption, credit or
        collection."""
        return filter_words(self, text, fields=["folded_texts"])


class Image(FileRow, Versioned, Recorded):
    """Picture in the library, with the texts that are shown with it. Its file can be replaced: everything that shows
    the picture follows, and earlier files are kept (`ImageFile`)."""

    stored_name = MASTER_NAME
    spaces_in_names = "_-"
    file_details = ("width", "height", "source_sha256")
    file = models.FileField(
        _("file"),
        upload_to=random_file_name,
        max_length=120,
        help_text=_("JPEG, PNG, WebP or GIF, up to 20 MB and 40 megapixels. Ideally at least 1600 pixels wide."),
    )
    title = LineField(
        _("title"),
        max_length=200,
        blank=True,
        help_text=_("Helps you find the picture in the library. Not shown to readers."),
    )
    alt = LineField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_("Describe the picture in one sentence for readers who cannot see it, without “picture of”."),
    )
    is_decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("The picture adds nothing to the text and needs no alternative text."),
    )
    caption = LineField(_("caption"), max_length=500, blank=True)
    credit = LineField(
        _("credit"),
        max_length=200,
        blank=True,
        help_text=_("Name of the photographer or artist, for example “Picture: Li Na, China Post”."),
    )
    collection = LineField(
        _("collection"),
        max_length=80,
        blank=True,
        help_text=_("Pictures that belong together, for example “Mountain post 2026”. Filters the library."),
    )
    licence = LineField(
        _("licence"),
        max_length=200,
        blank=True,
        help_text=_("Terms of use, for example “Agency contract, print and web”. Not shown to readers."),
    )
    licence_until = RangedDateField(
        _("licence until"),
        null=True,
        blank=True,
        help_text=_("Last day of the licence. It is on the dashboard 30 days before. Leave blank if it has no end."),
        is_end=True,
        years_ahead=50,
    )
    # 1,280 characters, and the longer forms of some signs.
    folded_texts = FoldedField(of="texts", max_length=1500, db_index=False)
    focal_x = models.FloatField(
        _("focal point, horizontal"),
        default=0.5,
        validators=_FRACTION_VALIDATORS,
        help_text=_("0 is the left edge, 1 the right edge. Crops keep this point in view."),
    )
    focal_y = models.FloatField(
        _("focal point, vertical"),
        default=0.5,
        validators=_FRACTION_VALIDATORS,
        help_text=_("0 is the top edge, 1 the bottom edge."),
    )
    crop_left = models.FloatField(_("crop, left edge"), default=0.0, validators=_FRACTION_VALIDATORS)
    crop_top = models.FloatField(_("crop, top edge"), default=0.0, validators=_FRACTION_VALIDATORS)
    crop_right = models.FloatField(_("crop, right edge"), default=1.0, validators=_FRACTION_VALIDATORS)
    crop_bottom = models.FloatField(_("crop, bottom edge"), default=1.0, validators=_FRACTION_VALIDATORS)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    # Hash of the uploaded file, which is not stored: an import takes in each picture once.
    source_sha256 = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    renditions = models.JSONField(_("renditions"), default=dict, editable=False)
    created_at = RangedDateTimeField(_("uploaded at"), auto_now_add=True)
    modified_at = RangedDateTimeField(_("modified at"), auto_now=True)

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="image_newest"),
            models.Index(fields=["file"], name="image_of_file"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_decorative=True) | ~Q(alt=""),
                name="image_has_alt",
                violation_error_message=_("Add alternative text, or mark the picture as decorative."),
            ),
            models.CheckConstraint(
                condition=Q(focal_x__gte=0, focal_x__lte=1, focal_y__gte=0, focal_y__lte=1),
                name="image_focal_point_inside",
                violation_error_message=_("The focal point must be between 0 and 1."),
            ),
            models.CheckConstraint(
                condition=Q(crop_left__gte=0, crop_left__lt=F("crop_right"), crop_right__lte=1)
                & Q(crop_top__gte=0, crop_top__lt=F("crop_bottom"))
                & Q(crop_bottom__lte=1),
                name="image_crop_inside",
                violation_error_message=_("The crop must be within the picture."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.alt or PurePosixPath(self.file.name or "").name

    def clean(self) -> None:
        super().clean()
        self.alt = self.alt.strip()
        if not self.alt and not self.is_decorative:
            text = _("Add alternative text, or mark the picture as decorative.")
            raise ValidationError({"alt": text})
        left, top, right, bottom = self.crop
        if right - left < MIN_CROP or bottom - top < MIN_CROP:
            text = _("The crop must be at least %(percent)s %% of the picture wide and high.")
            raise ValidationError({"crop_right": text % {"percent": round(MIN_CROP * 100)}})
        self.clean_file()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.process_upload()
        before = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        with self._delete_file_on_error(), transaction.atomic():
            if before and before.file.name == self.file.name:
                # Only the outbox handler writes them, perhaps after this object was loaded.
                self.renditions = before.renditions
            elif before:
                self.take_details_of_known_file()
                self.renditions = {}
            super().save(*args, **kwargs)
            if before and before.file.name != self.file.name:
                self._keep_files(before)

    def _keep_files(self, before: "Image") -> None:
        """Keep the replaced file for staff, delete its renditions, and let texts show the new one."""
        before.record_file(by=None, stem=before.stem, uploaded_at=self.created_at)
        self.record_file(by=self.uploader, stem=self.stem, uploaded_at=timezone.now())
        delete_files_on_commit(before.current_file_names() - {before.file.name or ""})
        move_pictures(before.stem, to=self.stem)

    def take_upload(self, upload: Any) -> ContentFile:
        """Return the file encoded anew."""
        master = make_master(upload.file, size=upload.size)
        upload.file.seek(0)
        self.source_sha256 = hashlib.file_digest(upload.file, "sha256").hexdigest()
        self.width, self.height = master.width, master.height
        return ContentFile(master.content, name=f"picture.{master.extension}")

    @property
    def texts(self) -> str:
        """All texts of the picture, by which it is found."""
        return " ".join([self.title, self.alt, self.caption, self.credit, self.collection])

    @property
    def crop(self) -> tuple[float, float, float, float]:
        """The part that readers see, as fractions: left, top, right and bottom edge. The file keeps the rest."""
        return self.crop_left, self.crop_top, self.crop_right, self.crop_bottom

    @property
    def is_cropped(self) -> bool:
        return self.crop != (0, 0, 1, 1)

    @property
    def stem(self) -> str:
        """The name that all files made of the current one share."""
        return stem_of(self.file.name or "")

    def current_file_names(self) -> set[str]:
        """Return the names of the current file and of its renditions."""
        renditions = {name for sizes in self.renditions.values() for _width, _height, name in sizes}
        return super().current_file_names() | renditions

    def sources(self, preset: str) -> list[Source]:
        """Return the files of a preset from small to large, or the file itself while no renditions have been built."""
        sizes = self.renditions.get(preset) or [[self.width, self.height, self.file.name]]
        return [Source(width, height, default_storage.url(name)) for width, height, name in sizes]

    @property
    def largest_url(self) -> str:
        """URL of all that readers may see of the picture, in the best quality."""
        return self.sources("wide")[-1].url if self.is_cropped else default_storage.url(self.file.name or "")

    @property
    def open_graph_source(self) -> Source:
        """Picture that other sites show next to a link to this one."""
        return self.sources("og")[-1]
