"""Links and pictures in rich texts: for finding broken links, and for knowing which pictures readers may see."""

from typing import Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from postportal.web.date_fields import RangedDateTimeField


class TextLink(models.Model):
    """Link from a rich text to a path on this site, or to the URL of another site. Derived data: the outbox keeps it up
    to date, and `manage.py update_text_links` rebuilds it."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, db_index=False)
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

    content_type = models.ForeignKey(ContentType, models.CASCADE, db_index=False)
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


class ExternalLinkQuerySet(models.QuerySet["ExternalLink"]):
    def dead(self) -> Self:
        """Return the links that readers cannot follow, as far as the last check knows."""
        return self.filter(outcome__in=[ExternalLink.Outcome.NO_ANSWER, ExternalLink.Outcome.ERROR])


class ExternalLink(models.Model):
    """Answer of another site when a link to it was last checked, by `manage.py check_external_links`."""

    class Outcome(models.TextChoices):
        WORKS = "works", _("works")
        MOVED = "moved", _("has moved")
        ERROR = "error", _("answers with an error")
        NO_ANSWER = "no answer", _("does not answer")
        # Refuses programs, asks for a password, or is none that a server may ask.
        UNKNOWN = "unknown", _("cannot be checked")

    url = models.CharField(_("URL"), max_length=500, unique=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    # Of the last answer; none if there was no answer.
    status = models.PositiveSmallIntegerField(_("HTTP status"), null=True, blank=True)
    # Where the link leads by redirects that are permanent.
    new_url = models.CharField(_("new URL"), max_length=500, blank=True)
    checked_at = RangedDateTimeField(_("checked"))

    objects = ExternalLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to another site")
        verbose_name_plural = _("links to other sites")
        default_permissions = ()

    def __str__(self) -> str:
        return self.url
