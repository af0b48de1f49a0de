"""Feeds: their formats, their IDs, and answers to clients that have the current version."""

import datetime as dt
from abc import abstractmethod
from functools import cached_property
from typing import Any

from django.contrib.syndication.views import Feed
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import get_language

from postportal.publishing.models import SiteIdentity
from postportal.web.caching import unless_current
from postportal.web.pagination import refuse_page_number
from postportal.web.site_url import absolute_url


class _DatedFeed(SyndicationFeed):
    """A feed without entries is as old as the portal: with Django's current time, it would change every second."""

    def latest_post_date(self) -> dt.datetime:
        if any(item.get(name) for item in self.items for name in ("updateddate", "pubdate")):
            return super().latest_post_date()
        start: dt.datetime = self.feed["established"]
        return start


class AtomFeed(_DatedFeed, Atom1Feed):
    """Atom (RFC 4287). Takes `established`, the date for a feed without entries."""


class RssFeed(_DatedFeed, Rss201rev2Feed):
    """RSS 2.0. Takes `established`, the date for a feed without entries."""


FEED_CLASSES: dict[str, type[SyndicationFeed]] = {"atom": AtomFeed, "rss": RssFeed}


class IdentifiedFeed(Feed):
    """Feed with IDs that never change. A row has the same ID in all of them. One object for each request.

    The version of the feed is decided before its XML is written. It is everything that the XML is made of, so that no
    change of a title, tag, section, name or visibility is missed."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def __call__(  # type: ignore[override]
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        refuse_page_number(request)
        try:
            obj = self.get_object(request, *args, **kwargs)
        except ObjectDoesNotExist:
            raise Http404 from None
        feed: Any = self.get_feed(obj, request)

        def write() -> HttpResponse:
            return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)

        return unless_current(request, [feed.feed, feed.items], write)

    def feed_extra_kwargs(self, obj: Any) -> dict[str, Any]:
        return {"established": self._identity.established_at}

    def item_link(self, item: Any) -> str:
        return absolute_url(self.request, item.get_absolute_url())

    item_guid_is_permalink = False

    @abstractmethod
    def feed_key(self, obj: Any) -> str:
        """Return what the feed is of, without slugs: they may change."""

    def feed_guid(self, obj: Any) -> str:
        return feed_uri(self._identity, self.feed_key(obj))

    def item_guid(self, item: Model) -> str:
        return self._identity.uri_of(type(item), item.pk)

    @cached_property
    def _identity(self) -> SiteIdentity:
        return SiteIdentity.load()


def feed_uri(identity: SiteIdentity, key: str) -> str:
    """Return the ID of the feed in the current language: another language has another feed."""
    return identity.uri("feed", f"{get_language()}/{key}")
