"""An address at which somebody without an account reads what is not public yet."""

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

# As token_urlsafe writes 32 random bytes.
KEY_LENGTH = 43


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def of(self, item: models.Model) -> Self:
        return self.filter(content_type=ContentType.objects.get_for_model(item), object_id=item.pk)

    def with_key(self, key: str) -> Self:
        return self.filter(digest=hash_key(key))

    def usable(self, at: dt.datetime) -> Self:
        """Keep what nobody revoked and what has not expired. Whether its edition still waits, see `is_alive`."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=at)

    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")


class PreviewLink(models.Model):
    """Ends at its expiry, when it is revoked, and when its edition goes out or is discarded. The key is in the address
    and nowhere else: whoever reads the database cannot follow it."""

    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    item = GenericForeignKey("content_type", "object_id")
    # None for a draft that nobody has saved in the admin yet.
    edition = models.ForeignKey(Edition, models.CASCADE, null=True, related_name="preview_links")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("made at"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField(_("ends at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        indexes = [models.Index(fields=["content_type", "object_id", "-created_at"], name="preview_link_of_item")]

    def __str__(self) -> str:
        return f"{self.item} (#{self.pk})"

    def is_usable(self, at: dt.datetime) -> bool:
        """True while what it shows still waits to go out."""
        if self.revoked_at is not None or self.expires_at <= at or self.item is None:
            return False
        if self.edition is not None:
            return self.edition.is_open
        return self.item.state in (State.DRAFT, State.SCHEDULED) and not self.item.is_visible(at)


def hash_key(key: str) -> str:
    """What is kept of a key. It is long and random, so nothing slower than a plain hash is needed."""
    return hashlib.sha256(key.encode()).hexdigest()


def create_link(
    item: Any, edition: Edition | None, *, by: Any, at: dt.datetime, expires_at: dt.datetime
) -> tuple[PreviewLink, str]:
    """Make a link; return it with its address, which cannot be found out again."""
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
