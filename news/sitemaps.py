"""Sitemaps of the news app for search engines."""

from typing import Any

from django.contrib.sitemaps import Sitemap
from django.utils import timezone

from news.models import Article, Organization, Person, Section
from postportal.publishing.sitemaps import TranslatedSitemap

MAX_PER_FILE = 5000


class ArticleSitemap(TranslatedSitemap):
    """Articles, each once in its own language."""

    queryset = Article.objects.only("language", "translation_of", "dateline_on", "slug", "publish_at", "changed_at")


class DirectorySitemap(Sitemap):
    """Rows that have a page in every language."""

    limit = MAX_PER_FILE
    i18n = True
    alternates = True
    x_default = True


class PersonSitemap(DirectorySitemap):
    def items(self) -> Any:
        return Person.objects.published(timezone.now()).by_name().only("slug", "sort_name")


class OrganizationSitemap(DirectorySitemap):
    def items(self) -> Any:
        return Organization.objects.published(timezone.now()).by_name().only("slug", "name")


class SectionSitemap(DirectorySitemap):
    def items(self) -> Any:
        return Section.objects.in_order()


SITEMAPS: dict[str, type[Sitemap]] = {
    "articles": ArticleSitemap,
    "people": PersonSitemap,
    "organizations": OrganizationSitemap,
    "sections": SectionSitemap,
}
