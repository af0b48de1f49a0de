"""Search kinds of services and stamps: stamp issues and hotlines."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.db.models import Case, CharField, F, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from postportal.search.documents import Document
from postportal.search.kinds import Hit, SearchKind, register_kind
from postportal.web.languages import localized_column
from services.models import Hotline, HotlineNumber, StampIssue


@register_kind
class StampIssueSearchKind(SearchKind):
    name, label, label_singular, order = "stamp-issue", _("Stamp issues"), _("Stamp issue"), 20
    model = StampIssue

    def rows(self, at: dt.datetime) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().rows(at).annotate(serial_text=_serial())
        return rows

    def documents(self, pks: Collection[int]) -> Iterator[Document]:
        for row in StampIssue.objects.filter(pk__in=pks).prefetch_related("stamps", "partners", "tags"):
            stamps = sorted(row.stamps.all(), key=lambda stamp: stamp.position)
            organizations = {row.issuer_id, *(partner.pk for partner in row.partners.all())} - {None}
            tags = sorted(row.tags.all(), key=lambda tag: tag.name)
            yield Document(
                key=self.key(row.pk),
                titles=(row.title, row.title_zh, row.serial),
                texts=(
                    row.standfirst,
                    row.body_text,
                    *(text for stamp in stamps for text in (stamp.name, stamp.name_zh, stamp.description)),
                    *(tag.name for tag in tags),
                ),
                date=row.issued_on,
                facets=frozenset({*(("organization", pk) for pk in organizations), *(("tag", tag.pk) for tag in tags)}),
            )

    def columns(self) -> dict[str, Any]:
        return {
            "title": localized_column("title"),
            "lead": F("standfirst"),
            "body": F("body_text"),
            "note": F("serial_text"),
            "slug": F("slug"),
            "date": F("issued_on"),
            "published": F("publish_at"),
            "image": F("lead_image"),
        }

    def url(self, row: dict[str, Any]) -> str:
        return reverse("services:stamp_issue", args=[row["slug"]])


@register_kind
class HotlineSearchKind(SearchKind):
    name, label, label_singular, order = "hotline", _("Hotlines"), _("Hotline"), 50
    model = Hotline

    def rows(self, at: dt.datetime) -> QuerySet[Any]:
        return Hotline.objects.published(at).in_service()

    def hidden(self, at: dt.datetime) -> Sequence[QuerySet[Any]]:
        return [Hotline.objects.exclude(pk__in=self.rows(at).values("pk"))]

    def documents(self, pks: Collection[int]) -> Iterator[Document]:
        rows = Hotline.objects.filter(pk__in=pks).select_related("service").prefetch_related("numbers")
        for row in rows:
            numbers = [text for each in row.numbers.all() for text in (each.short_code, each.e164, each.as_printed)]
            yield Document(
                key=self.key(row.pk),
                titles=(row.purpose, row.purpose_zh, *numbers),
                texts=(row.note, row.note_zh, row.service.name, row.service.name_zh),
            )

    def columns(self) -> dict[str, Any]:
        return {
            "title": localized_column("purpose"),
            "lead": localized_column("note"),
            "slug": F("slug"),
            "published": F("publish_at"),
        }

    def url(self, row: dict[str, Any]) -> str:
        return f"{reverse('services:hotlines')}#{row['slug']}"

    def enrich(self, hits: Sequence[Hit], *, terms: Collection[str], at: dt.datetime) -> None:
        by_hotline = {hit.pk: hit for hit in hits}
        for number in HotlineNumber.objects.filter(hotline__in=by_hotline).order_by("order", "pk"):
            by_hotline[number.hotline_id].notes.append(str(number))


def _serial() -> Case:
    """Return `StampIssue.serial` as a database expression."""
    number = Concat(
        F("series"),
        Cast("year", CharField(max_length=5)),
        Value("-"),
        Cast("number", CharField(max_length=5)),
        output_field=TextField(),
    )
    return Case(
        When(year__isnull=False, number__isnull=False, then=number), default=Value(""), output_field=TextField()
    )
