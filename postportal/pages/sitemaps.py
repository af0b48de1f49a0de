from postportal.pages.models import Page
from postportal.publishing.sitemaps import TranslatedSitemap


class PageSitemap(TranslatedSitemap):
    queryset = Page.objects.only("path", "language", "translation_of", "publish_at", "changed_at")


SITEMAPS = {"pages": PageSitemap}
