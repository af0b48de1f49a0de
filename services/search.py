"""Search kinds of services and stamps: stamp issues and hotlines."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from django.db.models import Case, F, IntegerField, QuerySet, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from postportal.publishing.models import pictures_visibility
from postportal.search.documents import Document
from postportal.search.kinds import Hit, SearchKind, register_kind
from postportal.search.suggestions import register_completions
from postportal.web.languages import localized_column
from services.models import Hotline, HotlineNumber, StampIssue
from services.models.number_dates import numbers_on
from services.models.number_dates_in_words import announcement, replacement
from services.models.phone_numbers import MIN_SHORT_CODE
from services.stamp_lists import lists_completing


@register_kind
class StampIssueSearchKind(SearchKind):
    name, label, label_singular, order = "stamp-issue", _("Stamp issues"), _("Stamp issue"), 20
    model = StampIssue
    words = (
        "stamp",
        "postage stamp",
        "stamp issue",
        "stamp programme",
        "stamp program",
        "邮票",
        "邮票发行计划",
        "新邮",
    )

    def rows(self, at: dt.datetime) -> QuerySet[Any]:
        shown = pictures_visibility(StampIssue, timezone.localtime(at).date())
        picture = Case(When(shown, then=F("lead_image")), default=None, output_field=IntegerField())
        rows: QuerySet[Any] = super().rows(at).annotate(shown_picture=picture)
        return rows

    def documents(self, pks: Collection[int]) -> Iterator[Document]:
        now = timezone.now()
        parts = ("stamps", "partner_stamps__partner", "partners", "tags", "credits", "catalogue_references")
        for row in StampIssue.objects.filter(pk__in=pks).prefetch_related(*parts):
            stamps = sorted(row.stamps.all(), key=lambda stamp: stamp.position)
            organizations = {row.issuer_id, *(partner.pk for partner in row.partners.all())} - {None}
            tags = sorted(row.tags.all(), key=lambda tag: tag.name)
            # Indexed again when a partner is hidden or shown (services/due_partners.py).
            partner_stamps = [stamp for stamp in row.partner_stamps.all() if stamp.partner.is_visible(now)]
            yield Document(
                key=self.key(row.pk),
                titles=(row.title, row.title_zh, *row.serial_spellings.splitlines()),
                texts=(
                    row.standfirst,
                    row.body_text,
                    *(text for stamp in stamps for text in (stamp.name, stamp.name_zh, stamp.description)),
                    *(text for stamp in stamps for text in (stamp.wns_number, stamp.rate_name)),
                    *(text for stamp in partner_stamps for text in (stamp.name, stamp.name_zh)),
                    *sorted(credit.name for credit in row.credits.all()),
                    *sorted(str(reference) for reference in row.catalogue_references.all()),
                    *(tag.name for tag in tags),
                    row.process,
                    # Also of issues without a known date or serial number.
                    *([str(row.year)] if row.year else []),
                ),
                date=row.issued_on,
                facets=frozenset({*(("organization", pk) for pk in organizations), *(("tag", tag.pk) for tag in tags)}),
            )

    def columns(self) -> dict[str, Any]:
        return {
            "title": localized_column("title"),
            "lead": F("standfirst"),
            "body": F("body_text"),
            "note": F("serial"),
            "slug": F("slug"),
            "date": F("issued_on"),
            "published": F("publish_at"),
            "image": F("shown_picture"),
        }

    def url(self, row: dict[str, Any]) -> str:
        return reverse("services:stamp_issue", args=[row["slug"]])


@register_completions(_("Stamp issues"))
def complete_stamp_lists(typed: str, *, at: dt.datetime, limit: int) -> list[tuple[str, str]]:
    """Suggest the pages with all issues of a maker, a theme or a printing process."""
    found = lists_completing(typed, StampIssue.objects.published(at), limit=limit)
    return [(each.title, each.url) for each in found]


def _names(terms: Collection[str], number: HotlineNumber) -> bool:
    """Return True if somebody has searched for this number."""
    return any(len(term) >= MIN_SHORT_CODE and term in (number.e164 or number.short_code) for term in terms)


@register_kind
class HotlineSearchKind(SearchKind):
    name, label, label_singular, order = "hotline", _("Hotlines"), _("Hotline"), 50
    model = Hotline
    is_known_by_name = True
    words = (
        *("hotline", "helpline", "phone", "phone number", "telephone", "telephone number", "call"),
        *("热线", "热线电话", "服务热线", "电话", "电话号码", "客服", "客服电话"),
    )

    def documents(self, pks: Collection[int]) -> Iterator[Document]:
        rows = Hotline.objects.filter(pk__in=pks).select_related("service").prefetch_related("numbers")
        for row in rows:
            numbers = [text for each in row.numbers.all() for text in (each.short_code, each.e164, each.as_printed)]
            yield Document(
                key=self.key(row.pk),
                titles=(row.purpose, row.purpose_zh, *row.all_needs, *numbers),
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
        return f"{reverse('services:hotlines')}#{quote(row['slug'])}"

    def enrich(self, hits: Sequence[Hit], *, terms: Collection[str], at: dt.datetime) -> None:
        day = timezone.localdate(at)
        rows = HotlineNumber.objects.filter(hotline__in=[hit.pk for hit in hits]).order_by("order", "pk")
        by_hotline: dict[int, list[HotlineNumber]] = {}
        for number in rows:
            by_hotline.setdefault(number.hotline_id, []).append(number)
        for hit in hits:
            numbers = numbers_on(day, by_hotline.get(hit.pk, []))
            hit.notes += [str(number) for number in numbers.current]
            hit.notes += map(announcement, numbers.announced)
            hit.notes += [
                replacement(change) for change in numbers.ended if not numbers.current or _names(terms, change.number)
            ]
