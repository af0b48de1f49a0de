"""IDs of feeds and their entries."""

from abc import abstractmethod
from functools import cached_property
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import Model
from django.utils.translation import get_language

from postportal.publishing.models import SiteIdentity


class IdentifiedFeed(Feed):
    """Feed with IDs that never change. A row has the same ID in all of them. One object for each request."""

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
