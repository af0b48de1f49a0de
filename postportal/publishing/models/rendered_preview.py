"""A page drawn from a form that nobody has saved, kept until its frame has fetched it."""

import datetime as dt
import secrets
from typing import Any, Self

from django.conf import settings
from django.db import models

MAX_PREVIEW_AGE = dt.timedelta(minutes=10)
# One that is being fetched while the next is drawn, and one for a second form that is open.
MAX_PREVIEWS_PER_USER = 4


class RenderedPreviewQuerySet(models.QuerySet["RenderedPreview"]):
    def unexpired(self, at: dt.datetime) -> Self:
        return self.filter(created_at__gt=at - MAX_PREVIEW_AGE)

    def of(self, user: Any) -> Self:
        return self.filter(user_id=user.pk)


class RenderedPreview(models.Model):
    """In the database, since every process of the portal has to find it; only for the one who wrote."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=43, unique=True)
    html = models.TextField()
    created_at = models.DateTimeField(db_index=True)

    objects = RenderedPreviewQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.user} {self.created_at}"


def store_preview(html: str, *, user: Any, at: dt.datetime) -> RenderedPreview:
    """Keep the page for its frame; drop what has been kept long enough."""
    page = RenderedPreview.objects.create(user=user, key=secrets.token_urlsafe(24), html=html, created_at=at)
    older = RenderedPreview.objects.of(user).order_by("-pk").values_list("pk", flat=True)[MAX_PREVIEWS_PER_USER:]
    RenderedPreview.objects.filter(
        models.Q(created_at__lte=at - MAX_PREVIEW_AGE) | models.Q(pk__in=list(older))
    ).delete()
    return page
