"""Sitemaps of the news app for search engines."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.functional import cached_property

from news.archive import count_public
from news.models import Article, Organization, Person, Section
from postportal.publishing.sitemaps import TranslatedSitemap

MAX_PER_FILE = 5000


class ArticleSitemap(TranslatedSitemap):
    """Articles, each once in its own language."""

    queryset = Article.objects.only("language", "translation_of", "dateline_on", "slug", "publish_at", "changed_at")

    @cached_property
    def count(self) -> int:
        """The number of articles, from kept numbers."""
        return count_public(timezone.now())

    def get_latest_lastmod(self) -> dt.datetime | None:
        """Return the last change of all articles, from the ends of two indexes."""
        at = timezone.now()
        public = Article.objects.published(at)
        times = [
            public.filter(**{f"{name}__lte": at}).order_by(f"-{name}").values_list(name, flat=True).first()
            for name in ("publish_at", "changed_at")
        ]
        return max(filter(None, times), default=None)


class DirectorySitemap(Sitemap):
    """Rows that have a page in every language.

    Without `lastmod`: the pages show names, positions, news and other rows, some from a future time on, which may be
    deleted, hidden or renamed later. No stored time is that of the last of these changes, and a crawler that trusts an
    older one does not come back (docs/adr/0041-versions-instead-of-dates.md)."""

    limit = MAX_PER_FILE
    i18n = True
    alternates = True
    x_default = True


class PersonSitemap(DirectorySitemap):
    def items(self) -> Any:
        return Person.objects.published(timezone.now()).by_name().only("slug", "sort_key")


class OrganizationSitemap(DirectorySitemap):
    def items(self) -> Any:
        return Organization.objects.published(timezone.now()).by_name().only("slug", "name")


class SectionSitemap(DirectorySitemap):
    """Sections, each in the languages in which it has public articles."""

    def items(self) -> Any:
        articles = Article.objects.published(timezone.now()).filter(section=OuterRef("pk"))
        languages = {f"in_language_{n}": Exists(articles.filter(language=code)) for n, code in enumerate(_codes())}
        return Section.objects.in_order().annotate(**languages)

    def get_languages_for_item(self, item: Section) -> list[str]:
        return [code for n, code in enumerate(_codes()) if getattr(item, f"in_language_{n}")]


def _codes() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


SITEMAPS: dict[str, type[Sitemap]] = {
    "articles": ArticleSitemap,
    "people": PersonSitemap,
    "organizations": OrganizationSitemap,
    "sections": SectionSitemap,
}
