"""Which pages readers can find."""

import datetime as dt
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from postportal.pages.models import Page
from postportal.search.kinds import Kind, register


@register
class Pages(Kind):
    name, label, label_of_one, order = "page", _("Pages"), _("Page"), 60
    texts = ("standfirst", "body_text")
    has_language = True

    def rows(self, at: dt.datetime) -> QuerySet[Any]:
        return Page.objects.published(at)

    def columns(self) -> dict[str, Any]:
        return {
            "title": F("title"),
            "lead": F("standfirst"),
            "body": F("body_text"),
            "slug": F("path"),
            "language": F("language"),
            "published": F("publish_at"),
        }

    def address(self, row: dict[str, Any]) -> str:
        with translation.override(row["language"]):
            return reverse("pages:page", args=[row["slug"]])
