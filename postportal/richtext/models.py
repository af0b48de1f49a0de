"""Links in rich texts, for finding broken ones."""

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

    def __str__(self) -> str:
        return self.path
