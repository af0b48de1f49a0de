"""Previews of unsaved forms, stored until the preview frame loads them."""

import datetime as dt
import secrets
from typing import Any, Self

from django.conf import settings
from django.db import models

from postportal.web.date_fields import RangedDateTimeField

MAX_PREVIEW_AGE = dt.timedelta(minutes=10)
# Two for each of two open forms: one is loading while the next is rendered.
MAX_PREVIEWS_PER_USER = 4


class RenderedPreviewQuerySet(models.QuerySet["RenderedPreview"]):
    def unexpired(self, at: dt.datetime) -> Self:
        return self.filter(created_at__gt=at - MAX_PREVIEW_AGE)

    def of(self, user: Any) -> Self:
        return self.filter(user_id=user.pk)


class RenderedPreview(models.Model):
    """The HTML of a preview, for the user who wrote the text. In the database, which all processes share."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=43, unique=True)
    html = models.TextField()
    created_at = RangedDateTimeField(db_index=True)

    objects = RenderedPreviewQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.user} {self.created_at}"


def store_preview(html: str, *, user: Any, at: dt.datetime) -> RenderedPreview:
    """Store the page for the preview frame, and delete old and surplus ones of the user."""
    page = RenderedPreview.objects.create(user=user, key=secrets.token_urlsafe(24), html=html, created_at=at)
    older = RenderedPreview.objects.of(user).order_by("-pk").values_list("pk", flat=True)[MAX_PREVIEWS_PER_USER:]
    RenderedPreview.objects.filter(
        models.Q(created_at__lte=at - MAX_PREVIEW_AGE) | models.Q(pk__in=list(older))
    ).delete()
    return page
