from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class TextLink(models.Model):
    """A rich text leads to an address on this site. Derived: kept up by the outbox, and made anew at any time by
    `manage.py note_links`."""

    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    path = models.CharField(_("address"), max_length=500)

    class Meta:
        verbose_name = _("link in a text")
        verbose_name_plural = _("links in texts")
        # Nobody edits it, so nobody needs a right to.
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id", "path"], name="text_link_once")]

    def __str__(self) -> str:
        return self.path
