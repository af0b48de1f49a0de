"""Sitemaps of public items."""

import datetime as dt
from collections import defaultdict
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.core.paginator import Paginator
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

from postportal.publishing.models import PubliclyTimedQuerySet


class PublicSitemap(Sitemap):
    """Public rows of `queryset`, in an order that is the same for all pages of the sitemap."""

    limit = 5000
    queryset: PubliclyTimedQuerySet

    def items(self) -> models.QuerySet[Any]:
        return self.queryset.published(timezone.now()).order_by("pk")

    def lastmod(self, item: Any) -> dt.datetime:
        """Return the time of publication or of the last update."""
        times: list[dt.datetime] = [item.publish_at, getattr(item, "changed_at", None) or item.publish_at]
        return max(times)

    def get_latest_lastmod(self) -> dt.datetime | None:
        """Return the last change of all rows, computed in the database: Django would load every row."""
        return max(filter(None, (self._summary["publish_at"], self._summary["changed_at"])), default=None)

    @property
    def count(self) -> int:
        """The number of rows. It and the last change are found by reading all rows: override both where there are
        many."""
        count: int = self._summary["count"]
        return count

    @property
    def paginator(self) -> "Paginator[Any]":
        paginator = super().paginator
        paginator.count = self.count
        return paginator

    @cached_property
    def _summary(self) -> dict[str, Any]:
        """Return number and last changes of the rows, with one query. Django makes a sitemap for each request."""
        return self.items().aggregate(
            count=models.Count("pk"), publish_at=models.Max("publish_at"), changed_at=models.Max("changed_at")
        )


class TranslatedSitemap(PublicSitemap):
    """Rows in one language each: every URL lists its translations."""

    def get_urls(self, page: Any = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        urls = super().get_urls(page=page, site=site, protocol=protocol)
        origin = f"{self.get_protocol(protocol)}://{self.get_domain(site)}"
        families = self._translations_by_original([url["item"] for url in urls])
        for url in urls:
            family = families[_original_key(url["item"])]
            url["alternates"] = [
                {"lang_code": row.html_language, "location": origin + row.get_absolute_url()}
                for row in (family if len(family) > 1 else [])
            ]
        return urls

    def _translations_by_original(self, rows: list[Any]) -> dict[int, list[Any]]:
        """Return the public translations of the rows, originals included, by the key of the original."""
        roots = {_original_key(row) for row in rows if row.translation_of_id}
        roots |= set(
            self.items().filter(translation_of__in=[row.pk for row in rows]).values_list("translation_of", flat=True)
        )
        originals_or_translations = models.Q(pk__in=roots) | models.Q(translation_of__in=roots)
        families = defaultdict(list)
        for row in self.items().filter(originals_or_translations).order_by("language"):
            families[_original_key(row)].append(row)
        return families


def _original_key(row: Any) -> int:
    return int(row.translation_of_id or row.pk)
