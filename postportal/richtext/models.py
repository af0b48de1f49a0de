"""Links and pictures in rich texts: for finding broken links, and for knowing which pictures readers may see."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class TextLink(models.Model):
    """Link from a rich text to a path on this site. Derived data: the outbox keeps it up to date, and
    `manage.py update_text_links` rebuilds it."""

    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    path = models.CharField(_("path"), max_length=500)

    class Meta:
        verbose_name = _("text link")
        verbose_name_plural = _("text links")
        # Nobody edits it, so there are no permissions.
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id", "path"], name="text_link_once")]
        # Each request for a document asks which texts link to it.
        indexes = [models.Index(fields=["path"], name="text_link_to_path")]

    def __str__(self) -> str:
        return self.path


class TextPicture(models.Model):
    """Picture in a rich text, or one that it links to. Derived data, like the links."""

    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    # The name of its files without size and extension.
    stem = models.CharField(_("file"), max_length=40)

    class Meta:
        verbose_name = _("text picture")
        verbose_name_plural = _("text pictures")
        default_permissions = ()
        constraints = [
            # Begins with the stem: each request for a picture asks for it.
            models.UniqueConstraint(fields=["stem", "content_type", "object_id"], name="text_picture_once"),
        ]
        indexes = [models.Index(fields=["content_type", "object_id"], name="text_picture_of_row")]

    def __str__(self) -> str:
        return self.stem
