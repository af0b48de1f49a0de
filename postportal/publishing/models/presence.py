"""Presence: the users who have an item open."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from postportal.web.date_fields import RangedDateTimeField

# An open form reports every 20 seconds.
PRESENCE_TIMEOUT = dt.timedelta(seconds=60)


class PresenceQuerySet(models.QuerySet["Presence"]):
    def of(self, item: models.Model) -> Self:
        return self.filter(content_type=ContentType.objects.get_for_model(item), object_id=item.pk)

    def present(self, at: dt.datetime) -> Self:
        return self.filter(seen_at__gt=at - PRESENCE_TIMEOUT)

    def mark_seen(self, item: models.Model, *, user: Any, at: dt.datetime) -> None:
        """Record that `user` has the item open. After a timeout, `opened_at` starts again."""
        mine = self.of(item).filter(user=user)
        if mine.present(at).update(seen_at=at):
            return
        content_type = ContentType.objects.get_for_model(item)
        times = {"opened_at": at, "seen_at": at}
        self.update_or_create(content_type=content_type, object_id=item.pk, user=user, defaults=times)

    def others(self, item: models.Model, *, user: Any, at: dt.datetime) -> Self:
        """Keep the other users who have the item open, the longest first."""
        return self.of(item).present(at).exclude(user=user).select_related("user").order_by("opened_at", "pk")


class Presence(models.Model):
    content_type = models.ForeignKey(ContentType, models.CASCADE, db_index=False)
    object_id = models.PositiveBigIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    opened_at = RangedDateTimeField(_("opened at"))
    seen_at = RangedDateTimeField(_("last seen at"))

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "user"], name="presence_one_each"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.content_type} {self.object_id}"

    def minutes_open(self, at: dt.datetime) -> int:
        return int((at - self.opened_at).total_seconds() // 60)
