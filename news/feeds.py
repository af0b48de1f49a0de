"""Feeds of every list, as Atom (RFC 4287) and RSS 2.0."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models.functions import Left
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, get_tag_uri
from django.utils.html import escape
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news import listings
from news.models import Article
from postportal.pages.models import SiteSettings
from postportal.web.languages import html_language, localized
from postportal.web.request_time import moment

ITEMS = 50
# Of the text, where an article has no standfirst: characters to load, words to show.
OPENING, WORDS = 600, 50
FORMS = {"atom": Atom1Feed, "rss": Rss201rev2Feed}
# What XML 1.0 cannot carry, not even escaped.
NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class ScopeFeed(Feed):
    """The newest articles of a scope."""

    item_guid_is_permalink = False

    def __init__(self, request: HttpRequest, form: str) -> None:
        self.request, self.form = request, form
        self.feed_type = FORMS[form]
        self.language = html_language(get_language() or "en")
        self.site_name = xml_safe(localized(SiteSettings.of(request), "name"))

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> listings.Scope:
        scope: listings.Scope = kwargs["scope"]
        return scope

    def title(self, scope: listings.Scope) -> str:
        return xml_safe(_("%(list)s - %(site)s") % {"list": scope.title, "site": self.site_name})

    def link(self, scope: listings.Scope) -> str:
        return scope.address

    def feed_url(self, scope: listings.Scope) -> str:
        return scope.feed_address(self.form)

    def description(self, scope: listings.Scope) -> str:
        return xml_safe(scope.description or scope.title)

    subtitle = description

    def author_name(self, scope: listings.Scope) -> str:
        return self.site_name

    def items(self, scope: listings.Scope) -> list[Article]:
        articles = Article.objects.published(moment(self.request)).in_language(get_language() or "")
        rows = scope.of(articles).select_related("source").annotate(opening=Left("body_text", OPENING))
        items = list(rows.prefetch_related("tags")[:ITEMS])
        if not items and not scope.is_always_there:
            raise Http404
        return items

    def item_guid(self, item: Article) -> str:
        """The same even where title, date and address of the article change."""
        return get_tag_uri(self.request.build_absolute_uri(f"/article/{item.pk}"), item.created_at)

    def item_title(self, item: Article) -> str:
        title = xml_safe(item.title)
        # The title of an Atom entry is text. That of an RSS item is HTML to many readers.
        return title if self.form == "atom" else escape(title)

    def item_description(self, item: Article) -> str:
        """HTML in both forms."""
        opening = Truncator(item.opening).words(WORDS)  # type: ignore[attr-defined]
        return escape(xml_safe(item.standfirst or opening))

    def item_author_name(self, item: Article) -> str:
        return xml_safe(str(item.source)) if item.source else self.site_name

    def item_pubdate(self, item: Article) -> dt.datetime | None:
        return item.publish_at

    def item_updateddate(self, item: Article) -> dt.datetime | None:
        return item.updated_at or item.publish_at

    def item_categories(self, item: Article) -> list[str]:
        return [xml_safe(str(item.section)), *(xml_safe(tag.name) for tag in item.tags.all())]


@require_safe
def news(request: HttpRequest, form: str, scope_of: Callable[..., listings.Scope], **kwargs: Any) -> HttpResponse:
    return ScopeFeed(request, form)(request, scope=scope_of(moment(request), **kwargs))


def xml_safe(text: str) -> str:
    return NOT_XML.sub("", text)
