from django.conf import settings
from django.db import models
from django.utils.formats import localize
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from postportal.images.models.image import Image
from postportal.web.date_fields import RangedDateTimeField


class ImageFile(models.Model):
    """One file that a picture has or had. A picture whose file was never replaced has no such rows. Written with the
    picture and never changed."""

    image = models.ForeignKey(Image, models.CASCADE, related_name="files", verbose_name=_("picture"))
    name = models.CharField(_("file"), max_length=120)
    # The name without extension, by which texts refer to the picture.
    stem = models.CharField(max_length=40, unique=True)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    source_sha256 = models.CharField(max_length=64, blank=True)
    uploaded_at = RangedDateTimeField(_("uploaded at"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("uploaded by"),
    )

    class Meta:
        verbose_name = _("file of a picture")
        verbose_name_plural = _("files of pictures")
        ordering = ["-uploaded_at", "-pk"]
        # Nobody edits it, so there are no permissions.
        default_permissions = ()

    def __str__(self) -> str:
        parts = [localize(localtime(self.uploaded_at)), f"{self.width} × {self.height}"]
        return ", ".join([*parts, *([str(self.uploaded_by)] if self.uploaded_by else [])])
