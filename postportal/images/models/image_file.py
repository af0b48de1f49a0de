from django.db import models
from django.utils.formats import localize
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from postportal.images.models.image import Image
from postportal.images.models.stored_files import KnownFile
from postportal.text.tidying import unbroken
from postportal.web.date_fields import RangedDateTimeField


class ImageFile(KnownFile):
    """One file that a picture has or had. A picture whose file was never replaced has no such rows."""

    image = models.ForeignKey(Image, models.CASCADE, related_name="files", verbose_name=_("picture"))
    name = models.CharField(_("file"), max_length=120)
    # The name without extension, by which texts refer to the picture.
    stem = models.CharField(max_length=40, unique=True)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    source_sha256 = models.CharField(max_length=64, blank=True)
    uploaded_at = RangedDateTimeField(_("uploaded at"))

    class Meta(KnownFile.Meta):
        verbose_name = _("file of a picture")
        verbose_name_plural = _("files of pictures")

    def __str__(self) -> str:
        parts = [localize(localtime(self.uploaded_at)), unbroken(f"{self.width} × {self.height}")]
        return ", ".join([*parts, *([str(self.uploaded_by)] if self.uploaded_by else [])])
