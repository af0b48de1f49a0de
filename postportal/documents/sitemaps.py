import datetime as dt

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.utils import timezone

from postportal.documents.models import Document
from postportal.documents.public_uses import public_documents


class DocumentSitemap(Sitemap):
    limit = 5000

    def items(self) -> QuerySet[Document]:
        return public_documents(timezone.now()).only("uploaded_at").order_by("pk")

    def lastmod(self, item: Document) -> dt.datetime:
        return item.uploaded_at

    def get_latest_lastmod(self) -> dt.datetime | None:
        latest: dt.datetime | None = self.items().aggregate(latest=Max("uploaded_at"))["latest"]
        return latest


SITEMAPS = {"documents": DocumentSitemap}
