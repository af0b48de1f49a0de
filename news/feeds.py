"""Feeds of the listings, in Atom (RFC 4287) and RSS 2.0."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models.functions import Left
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.html import escape
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news import listings
from news.kept_pages import narrow_list
from news.list_rows import rows_between
from news.models import Article
from postportal.page_cache.recording import narrow
from postportal.pages.models import SiteSettings
from postportal.publishing.feeds import FEED_CLASSES, IdentifiedFeed
from postportal.tags.loading import load_tags
from postportal.web.languages import html_language, localized_text
from postportal.web.request_time import request_time
from postportal.web.site_url import absolute_url
from postportal.web.xml_text import strip_invalid_xml

MAX_ITEMS = 50
# Excerpt of the text of articles without a standfirst: characters to load, words to show.
MAX_EXCERPT_CHARACTERS, MAX_EXCERPT_WORDS = 600, 50


class ArticleFeed(IdentifiedFeed):
    """The newest articles of a listing."""

    def __init__(self, request: HttpRequest, feed_format: str) -> None:
        super().__init__(request)
        self.feed_format = feed_format
        self.feed_type = FEED_CLASSES[feed_format]
        self.language = html_language(get_language() or "en")
        self.site_name = strip_invalid_xml(localized_text(SiteSettings.for_request(request), "name"))

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> listings.Listing:
        listing: listings.Listing = kwargs["listing"]
        return listing

    def feed_key(self, listing: listings.Listing) -> str:
        return listing.key

    def title(self, listing: listings.Listing) -> str:
        return strip_invalid_xml(_("%(list)s - %(site)s") % {"list": listing.feed_title, "site": self.site_name})

    def link(self, listing: listings.Listing) -> str:
        return absolute_url(self.request, listing.url)

    def feed_url(self, listing: listings.Listing) -> str:
        return absolute_url(self.request, listing.feed_url(self.feed_format))

    def description(self, listing: listings.Listing) -> str:
        return strip_invalid_xml(listing.description or listing.title)

    subtitle = description

    def author_name(self, listing: listings.Listing) -> str:
        return self.site_name

    def items(self, listing: listings.Listing) -> list[Article]:
        # Feeds show no pictures.
        rows = rows_between(listing, 0, MAX_ITEMS, at=request_time(self.request))
        rows = rows.select_related(None).select_related("section", "source")
        items = list(rows.annotate(excerpt=Left("body_text", MAX_EXCERPT_CHARACTERS)))
        narrow_list(listing, items, is_last=len(items) < MAX_ITEMS)
        load_tags(items)
        if not items and not listing.is_permanent:
            raise Http404
        return items

    def item_title(self, item: Article) -> str:
        title = strip_invalid_xml(item.title)
        # The title of an Atom entry is plain text. Many readers take that of an RSS item for HTML.
        return title if self.feed_format == "atom" else escape(title)

    def item_description(self, item: Article) -> str:
        """Return HTML, which both formats allow here."""
        text = item.standfirst or Truncator(item.excerpt).words(MAX_EXCERPT_WORDS)  # type: ignore[attr-defined]
        return escape(strip_invalid_xml(text))

    def item_author_name(self, item: Article) -> str:
        return strip_invalid_xml(str(item.source)) if item.source else self.site_name

    def item_pubdate(self, item: Article) -> dt.datetime | None:
        return item.publish_at

    def item_updateddate(self, item: Article) -> dt.datetime | None:
        return item.updated_at or item.publish_at

    def item_categories(self, item: Article) -> list[str]:
        return [strip_invalid_xml(str(item.section)), *(strip_invalid_xml(tag.name) for tag in item.tags.all())]


@require_safe
def article_feed(
    request: HttpRequest, feed_format: str, get_listing: Callable[..., listings.Listing], **kwargs: Any
) -> HttpResponseBase:
    narrow("news.article")
    listing = get_listing(request_time(request), **kwargs)
    return ArticleFeed(request, feed_format)(request, listing=listing)
