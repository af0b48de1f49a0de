"""Preview links: secret URLs for people without an account."""

import datetime as dt
import hashlib
import secrets
from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from postportal.publishing.models.edition import Edition
from postportal.publishing.models.publishable import State
from postportal.web.date_fields import RangedDateTimeField

# Length of 32 random bytes from token_urlsafe.
KEY_LENGTH = 43


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def of(self, item: models.Model) -> Self:
        return self.filter(content_type=ContentType.objects.get_for_model(item), object_id=item.pk)

    def with_key(self, key: str) -> Self:
        return self.filter(digest=hash_key(key))

    def usable(self, at: dt.datetime) -> Self:
        """Keep the links that are neither revoked nor expired. Their edition may be closed: see `is_usable`."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=at)

    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")


class PreviewLink(models.Model):
    """A link that works until it expires, is revoked, its edition is published or discarded, or the account that
    made it is closed. Only a hash of the key is stored, so the database does not give the links away."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, db_index=False)
    object_id = models.PositiveBigIntegerField()
    item = GenericForeignKey("content_type", "object_id")
    # None for a draft that was never saved in the admin.
    edition = models.ForeignKey(Edition, models.CASCADE, null=True, related_name="preview_links")
    digest = models.CharField(max_length=64, unique=True)
    created_at = RangedDateTimeField(_("created at"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    expires_at = RangedDateTimeField(_("expires at"))
    revoked_at = RangedDateTimeField(_("revoked at"), null=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        indexes = [models.Index(fields=["content_type", "object_id", "-created_at"], name="preview_link_of_item")]

    def __str__(self) -> str:
        return f"{self.item} (#{self.pk})"

    def is_usable(self, at: dt.datetime) -> bool:
        """Return True if the link is valid, whoever created it still works here and the item is still unpublished."""
        if self.revoked_at is not None or self.expires_at <= at or self.item is None:
            return False
        if self.created_by is None or not (self.created_by.is_active and self.created_by.is_staff):
            return False
        if self.edition is not None:
            return self.edition.is_open
        return self.item.state in (State.DRAFT, State.SCHEDULED) and not self.item.is_visible(at)


def hash_key(key: str) -> str:
    """Return the hash to store. The key is long and random, so a slow hash is not needed."""
    return hashlib.sha256(key.encode()).hexdigest()


def create_link(
    item: Any, edition: Edition | None, *, by: Any, at: dt.datetime, expires_at: dt.datetime
) -> tuple[PreviewLink, str]:
    """Create a link; return it with its URL, which cannot be recovered later."""
    key = secrets.token_urlsafe(32)
    link = PreviewLink.objects.create(
        content_type=ContentType.objects.get_for_model(item),
        object_id=item.pk,
        edition=edition,
        digest=hash_key(key),
        created_at=at,
        created_by=by,
        expires_at=expires_at,
    )
    return link, reverse("preview", args=[key])
