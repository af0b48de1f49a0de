"""What search engines shall know of the news."""

from typing import Any

from django.contrib.sitemaps import Sitemap
from django.utils import timezone

from news.models import Article, Organization, Person, Section
from postportal.publishing.sitemaps import TranslatedSitemap

PER_FILE = 5000


class Articles(TranslatedSitemap):
    """Each article once, under its own language."""

    queryset = Article.objects.only("language", "translation_of", "dateline_on", "slug", "publish_at", "changed_at")


class Register(Sitemap):
    """People and organizations have a page in every language."""

    limit = PER_FILE
    i18n = True
    alternates = True
    x_default = True


class People(Register):
    def items(self) -> Any:
        return Person.objects.published(timezone.now()).by_name().only("slug", "sort_name")


class Organizations(Register):
    def items(self) -> Any:
        return Organization.objects.published(timezone.now()).by_name().only("slug", "name")


class Sections(Register):
    def items(self) -> Any:
        return Section.objects.in_order()


SITEMAPS: dict[str, type[Sitemap]] = {
    "articles": Articles,
    "people": People,
    "organizations": Organizations,
    "sections": Sections,
}
