"""Sitemaps of services and stamps for search engines. Every page exists in each language of the portal."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.paginator import Paginator
from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils import timezone

from postportal.publishing.models import visibility
from postportal.publishing.sitemaps import PublicSitemap
from services.models import Stamp, StampIssue
from services.stamp_lists import StampList, all_public_lists


class RowsInEveryLanguage(Sequence[tuple[Any, str]]):
    """Sequence of (row, language) pairs that loads only the rows of the slice asked for."""

    def __init__(self, rows: Any) -> None:
        self.rows = rows
        self.languages = [code for code, _name in settings.LANGUAGES]

    def __len__(self) -> int:
        rows = self.rows.count() if isinstance(self.rows, QuerySet) else len(self.rows)
        return int(rows * len(self.languages))

    def __getitem__(self, part: Any) -> Any:
        count = len(self.languages)
        first = part.start // count
        rows = self.rows[first : -(-part.stop // count)]
        pairs = [(row, language) for row in rows for language in self.languages]
        return pairs[part.start - first * count : part.stop - first * count]


class EveryLanguageSitemap(Sitemap):
    i18n = True
    alternates = True
    x_default = True
    # Each URL is written with its translations, which is slow.
    limit = 1000

    @property
    def paginator(self) -> "Paginator[Any]":
        return Paginator(RowsInEveryLanguage(self.items()), self.limit)


class StampIssueSitemap(EveryLanguageSitemap, PublicSitemap):
    queryset = StampIssue.objects.only("slug", "publish_at", "changed_at")


class StampSitemap(EveryLanguageSitemap, PublicSitemap):
    """Stamps, which are public together with their issue."""

    def items(self) -> QuerySet[Any]:
        public = Stamp.objects.filter(visibility(StampIssue, timezone.now(), prefix="issue__"))
        rows = public.select_related("issue").order_by("pk")
        return rows.only("position", "issue__slug", "issue__publish_at", "issue__changed_at")

    def lastmod(self, item: Stamp) -> dt.datetime:
        return super().lastmod(item.issue)

    def get_latest_lastmod(self) -> dt.datetime | None:
        latest = self.items().aggregate(published=Max("issue__publish_at"), changed=Max("issue__changed_at"))
        return max(filter(None, latest.values()), default=None)


class StampYearSitemap(EveryLanguageSitemap):
    def items(self) -> list[int | None]:
        return list(StampIssue.objects.published(timezone.now()).counts_by_year())

    def location(self, item: int | None) -> str:
        return reverse("services:stamp_year_unknown") if item is None else reverse("services:stamp_year", args=[item])


class StampListSitemap(EveryLanguageSitemap):
    """Pages with all public issues of a maker, a theme or a printing process."""

    def items(self) -> QuerySet[Any, Any]:
        return all_public_lists(StampIssue.objects.published(timezone.now()))

    def location(self, item: tuple[str, str, str]) -> str:
        value, name, kind = item
        return StampList(kind, value, name).url


SITEMAPS: dict[str, type[Sitemap]] = {
    "stamp-issues": StampIssueSitemap,
    "stamps": StampSitemap,
    "stamp-years": StampYearSitemap,
    "stamp-lists": StampListSitemap,
}
