"""Filters of the picture library."""

import datetime as dt
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Substr
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from postportal.images.models import Image
from postportal.images.public_uses import picture_fields
from postportal.richtext.models import TextPicture
from postportal.web.media_names import STEM_LENGTH

# Staff hear of the end of a licence that many days before.
LICENCE_NOTICE = dt.timedelta(days=30)


def is_used() -> Q:
    """Return the condition for a picture to be used by an item or in a text, public or not."""
    used = Q(Exists(TextPicture.objects.filter(stem=Substr(OuterRef("file"), 1, STEM_LENGTH))))
    for field in picture_fields():
        used |= Q(Exists(field.model._base_manager.filter(**{field.name: OuterRef("pk")})))
    return used


class UseFilter(admin.SimpleListFilter):
    title, parameter_name = _("use"), "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("used", _("Used")), ("unused", _("Not used"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "used":
            return queryset.filter(is_used())
        return queryset.exclude(is_used()) if self.value() == "unused" else queryset


class AlternativeTextFilter(admin.SimpleListFilter):
    title, parameter_name = _("alternative text"), "alternative_text"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("missing", _("No alternative text"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(alt="") if self.value() == "missing" else queryset


class CollectionFilter(admin.SimpleListFilter):
    title, parameter_name = _("collection"), "collection"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        names = Image.objects.exclude(collection="").order_by("collection").values_list("collection", flat=True)
        return [(name, name) for name in names.distinct()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(collection=self.value()) if self.value() else queryset


class LicenceFilter(admin.SimpleListFilter):
    title, parameter_name = _("licence"), "licence"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("ended", _("Ended")), ("soon", _("Ends within 30 days"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        today = timezone.localdate()
        if self.value() == "ended":
            return queryset.filter(licence_until__lt=today)
        if self.value() == "soon":
            return queryset.filter(licence_until__gte=today, licence_until__lte=today + LICENCE_NOTICE)
        return queryset


def pictures_to_license(day: dt.date) -> QuerySet[Image]:
    """Return the used pictures whose licence has ended or ends soon, the earliest first."""
    rows = Image.objects.filter(is_used(), licence_until__lte=day + LICENCE_NOTICE)
    return rows.order_by("licence_until", "pk")
