from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from postportal.publishing.sitemaps import TranslatedSitemap
from tests.docs.tenders.models import Tender


class TenderSitemap(TranslatedSitemap):
    queryset = Tender.objects.for_lists()


class TenderListSitemap(Sitemap):
    i18n = alternates = x_default = True

    def items(self) -> list[str]:
        return ["tenders:tenders"]

    def location(self, item: str) -> str:
        return reverse(item)


SITEMAPS = {"tenders": TenderSitemap, "tender-list": TenderListSitemap}
