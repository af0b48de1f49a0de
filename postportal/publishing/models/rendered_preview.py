"""A page drawn from a form that nobody has saved, kept until its frame has fetched it."""

import datetime as dt
import secrets
from typing import Any, Self

from django.conf import settings
from django.db import models

KEPT_FOR = dt.timedelta(minutes=10)
# One that is being fetched while the next is drawn, and one for a second form that is open.
KEPT_FOR_EACH = 4


class DrawnPageQuerySet(models.QuerySet["DrawnPage"]):
    def kept(self, at: dt.datetime) -> Self:
        return self.filter(made_at__gt=at - KEPT_FOR)

    def of(self, user: Any) -> Self:
        return self.filter(user_id=user.pk)


class DrawnPage(models.Model):
    """In the database, since every process of the portal has to find it; only for the one who wrote."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=43, unique=True)
    html = models.TextField()
    made_at = models.DateTimeField(db_index=True)

    objects = DrawnPageQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.user} {self.made_at}"


def keep_page(html: str, *, user: Any, at: dt.datetime) -> DrawnPage:
    """Keep the page for its frame; drop what has been kept long enough."""
    page = DrawnPage.objects.create(user=user, key=secrets.token_urlsafe(24), html=html, made_at=at)
    older = DrawnPage.objects.of(user).order_by("-pk").values_list("pk", flat=True)[KEPT_FOR_EACH:]
    DrawnPage.objects.filter(models.Q(made_at__lte=at - KEPT_FOR) | models.Q(pk__in=list(older))).delete()
    return page
