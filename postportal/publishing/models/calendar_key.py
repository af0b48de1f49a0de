"""Keys of calendar feeds: secret URLs that calendar apps subscribe to."""

import datetime as dt
import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from postportal.publishing.models.preview_link import hash_key
from postportal.web.date_fields import RangedDateTimeField

# This much of the session hash is enough to distinguish passwords.
SESSION_HASH_LENGTH = 20


class CalendarKeyQuerySet(models.QuerySet["CalendarKey"]):
    def renew(self, user: Any, *, at: dt.datetime) -> str:
        """Give the account a new key and return it; it cannot be recovered later. The old one stops working."""
        key = secrets.token_urlsafe(32)
        values = {"digest": hash_key(key), "session_hash": _session_hash(user), "created_at": at}
        self.update_or_create(user=user, defaults=values)
        return key

    def owner_of(self, key: str) -> Any:
        """Return the account of the key, or None if the key is not valid or the account may not log in."""
        row = self.filter(digest=hash_key(key)).select_related("user").first()
        return row.user if row and row.is_valid else None

    def of(self, user: Any) -> "CalendarKey | None":
        """Return the valid key of the account, or None."""
        row = self.filter(user=user).select_related("user").first()
        return row if row and row.is_valid else None


class CalendarKey(models.Model):
    """The key of one account. Only its hash is stored, so the database does not give it away. It ends with the password
    that was valid when it was made, and with the account."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    session_hash = models.CharField(max_length=SESSION_HASH_LENGTH)
    created_at = RangedDateTimeField(_("created at"))

    objects = CalendarKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar key")
        verbose_name_plural = _("calendar keys")
        # Everybody has only their own, on the calendar page.
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.user)

    @property
    def is_valid(self) -> bool:
        is_open = self.user.is_active and self.user.is_staff
        return is_open and constant_time_compare(self.session_hash, _session_hash(self.user))


def _session_hash(user: Any) -> str:
    hash_: str = user.get_session_auth_hash()
    return hash_[:SESSION_HASH_LENGTH]
