"""What of services and stamps readers can find."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Case, CharField, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from postportal.search.kinds import Hit, Kind, in_active_language, register
from services.models import Hotline, HotlineNumber, Stamp, StampIssue


@register
class StampIssues(Kind):
    name, label, label_of_one, order = "stamp-issue", _("Stamp issues"), _("Stamp issue"), 20
    titles = ("title", "title_zh", "serial_text")
    texts = ("standfirst", "body_text")
    date = "issued_on"

    def rows(self, at: dt.datetime) -> QuerySet[Any]:
        rows: QuerySet[Any] = StampIssue.objects.published(at).annotate(serial_text=_serial())
        return rows

    def other_names(self, word: str) -> Q:
        named = Stamp.objects.filter(Q(name__icontains=word) | Q(name_zh__icontains=word))
        return Q(pk__in=named.values("issue"))

    def columns(self) -> dict[str, Any]:
        return {
            "title": in_active_language("title"),
            "lead": F("standfirst"),
            "body": F("body_text"),
            "note": F("serial_text"),
            "slug": F("slug"),
            "date": F("issued_on"),
            "published": F("publish_at"),
            "image": F("lead_image"),
        }

    def address(self, row: dict[str, Any]) -> str:
        return reverse("services:stamp_issue", args=[row["slug"]])


@register
class Hotlines(Kind):
    name, label, label_of_one, order = "hotline", _("Hotlines"), _("Hotline"), 50
    titles = ("purpose", "purpose_zh")
    texts = ("note", "note_zh", "service__name", "service__name_zh")

    def rows(self, at: dt.datetime) -> QuerySet[Any]:
        return Hotline.objects.published(at).in_service()

    def other_names(self, word: str) -> Q:
        numbers = HotlineNumber.objects.filter(
            Q(e164__icontains=word) | Q(short_code__icontains=word) | Q(as_printed__icontains=word)
        )
        return Q(pk__in=numbers.values("hotline"))

    def columns(self) -> dict[str, Any]:
        return {
            "title": in_active_language("purpose"),
            "lead": in_active_language("note"),
            "slug": F("slug"),
            "published": F("publish_at"),
        }

    def address(self, row: dict[str, Any]) -> str:
        return f"{reverse('services:hotlines')}#{row['slug']}"

    def complete(self, hits: Sequence[Hit], *, at: dt.datetime) -> None:
        by_hotline = {hit.pk: hit for hit in hits}
        for number in HotlineNumber.objects.filter(hotline__in=by_hotline).order_by("order", "pk"):
            by_hotline[number.hotline_id].notes.append(str(number))


def _serial() -> Case:
    """`StampIssue.serial` for the database."""
    number = Concat(
        F("scheme"),
        Cast("year", CharField(max_length=5)),
        Value("-"),
        Cast("number", CharField(max_length=5)),
        output_field=TextField(),
    )
    return Case(
        When(year__isnull=False, number__isnull=False, then=number), default=Value(""), output_field=TextField()
    )
