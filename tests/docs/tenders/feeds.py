import datetime as dt

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from postportal.pages.models import SiteSettings
from postportal.publishing.feeds import FEED_CLASSES, IdentifiedFeed
from postportal.web.languages import html_language, localized_text
from postportal.web.request_time import request_time
from postportal.web.site_url import absolute_url
from postportal.web.xml_text import strip_invalid_xml
from tests.docs.tenders.models import Tender, TenderQuerySet

MAX_ITEMS = 50


class TenderFeed(IdentifiedFeed):
    title = description = subtitle = _("Tenders")

    def __init__(self, request: HttpRequest, feed_format: str) -> None:
        super().__init__(request)
        self.feed_format = feed_format
        self.link = absolute_url(request, reverse("tenders:tenders"))
        self.feed_url = absolute_url(request, request.path)
        self.feed_type = FEED_CLASSES[feed_format]
        self.author_name = strip_invalid_xml(localized_text(SiteSettings.for_request(request), "name"))
        self.language = html_language(get_language() or "en")

    def get_object(self, request: HttpRequest) -> TenderQuerySet:
        return Tender.objects.published(request_time(request)).in_language(get_language())

    def feed_key(self, tenders: TenderQuerySet) -> str:
        return "tenders.tender"

    def items(self, tenders: TenderQuerySet) -> TenderQuerySet:
        return tenders.order_by("-publish_at", "-pk").for_lists()[:MAX_ITEMS]

    def item_title(self, item: Tender) -> str:
        title = strip_invalid_xml(item.title)
        # The title of an Atom entry is plain text. Many readers take that of an RSS item for HTML.
        return title if self.feed_format == "atom" else escape(title)

    def item_description(self, item: Tender) -> str:
        return escape(strip_invalid_xml(item.standfirst))

    def item_pubdate(self, item: Tender) -> dt.datetime | None:
        return item.publish_at

    def item_updateddate(self, item: Tender) -> dt.datetime | None:
        return item.updated_at or item.publish_at


@require_safe
def tender_feed(request: HttpRequest, feed_format: str) -> HttpResponseBase:
    return TenderFeed(request, feed_format)(request)
