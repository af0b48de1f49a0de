"""Feeds of stamp issues and service notices, newest first, in Atom (RFC 4287) and RSS 2.0."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.html import escape, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from postportal.pages.models import ServiceNotice, SiteSettings
from postportal.publishing.feeds import FEED_CLASSES, IdentifiedFeed
from postportal.tags.loading import load_tags
from postportal.tags.redirects import redirect_former_tags
from postportal.web.languages import html_language, localized_text
from postportal.web.request_time import request_time
from postportal.web.site_url import absolute_url
from postportal.web.xml_text import strip_invalid_xml
from services.models import StampIssue
from services.models.stamp_issue_rows import StampIssueQuerySet
from services.notices import (
    days_in_words,
    fallback_in_words,
    load_details,
    notice_url,
    place_in_words,
    public_notices,
)
from services.stamp_lists import MAKERS, PARAMETERS, TECHNIQUES, THEMES, requested_list

MAX_ITEMS = 50


class ServicesFeed(IdentifiedFeed):
    """The feed with this key. `list_url` is the URL of the page, `feed_url` that of the feed itself."""

    def __init__(
        self, request: HttpRequest, feed_format: str, *, key: str, title: str, list_url: str, feed_url: str
    ) -> None:
        super().__init__(request)
        self.key, self.feed_format = key, feed_format
        self.feed_type = FEED_CLASSES[feed_format]
        self.language = html_language(get_language() or "en")
        self.author_name = strip_invalid_xml(localized_text(SiteSettings.for_request(request), "name"))
        self.title = _("%(list)s - %(site)s") % {"list": title, "site": self.author_name}
        self.description = self.subtitle = title
        self.link, self.feed_url = absolute_url(request, list_url), absolute_url(request, feed_url)

    def feed_key(self, obj: Any) -> str:
        return self.key

    def item_title(self, item: Any) -> str:
        title = strip_invalid_xml(str(item))
        # The title of an Atom entry is plain text. Many readers take that of an RSS item for HTML.
        return title if self.feed_format == "atom" else escape(title)


def _as_paragraphs(lines: Iterable[str]) -> str:
    """Return HTML, which both formats allow in descriptions."""
    return format_html_join("", "<p>{}</p>", ((strip_invalid_xml(line),) for line in lines if line))


class StampIssueFeed(ServicesFeed):
    """The latest issues of a queryset."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> StampIssueQuerySet:
        issues: StampIssueQuerySet = kwargs["issues"]
        return issues

    def items(self, issues: StampIssueQuerySet) -> list[StampIssue]:
        items = list(issues.latest_published_first().for_lists()[:MAX_ITEMS])
        load_tags(items)
        return items

    def item_description(self, item: StampIssue) -> str:
        issued = _("First day of issue: %(day)s") % {"day": item.issued_text} if item.issued_on else ""
        return _as_paragraphs([item.standfirst, issued, item.composition_in_words, item.face_value_text])

    def item_pubdate(self, item: StampIssue) -> dt.datetime | None:
        return item.publish_at

    def item_updateddate(self, item: StampIssue) -> dt.datetime | None:
        return max(filter(None, [item.publish_at, item.changed_at]))

    def item_categories(self, item: StampIssue) -> list[str]:
        return [item.kind_label, *(strip_invalid_xml(tag.name) for tag in item.tags.all())]


class ServiceNoticeFeed(ServicesFeed):
    """The latest service notices, current and past."""

    def __init__(self, request: HttpRequest, feed_format: str) -> None:
        super().__init__(
            request,
            feed_format,
            key="pages.servicenotice",
            title=_("Service notices"),
            list_url=reverse("services:notices"),
            feed_url=reverse("services:notice_feed", args=[feed_format]),
        )

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dt.datetime:
        at: dt.datetime = kwargs["at"]
        return at

    def items(self, at: dt.datetime) -> list[ServiceNotice]:
        items = list(public_notices(at)[:MAX_ITEMS])
        load_details(items, at=at)
        return items

    def item_link(self, item: ServiceNotice) -> str:
        return absolute_url(self.request, notice_url(item))

    def item_description(self, item: ServiceNotice) -> str:
        return _as_paragraphs([item.text, days_in_words(item), place_in_words(item), fallback_in_words(item)])

    def item_pubdate(self, item: ServiceNotice) -> dt.datetime | None:
        return item.publish_at

    item_updateddate = item_pubdate


@require_safe
def stamp_issue_feed(request: HttpRequest, feed_format: str) -> HttpResponseBase:
    feed = StampIssueFeed(
        request,
        feed_format,
        key="services.stampissue",
        title=_("Stamp issues"),
        list_url=reverse("services:stamps"),
        feed_url=reverse("services:stamp_feed", args=[feed_format]),
    )
    return feed(request, issues=StampIssue.objects.published(request_time(request)))


@require_safe
def stamp_issue_year_feed(request: HttpRequest, year: int, feed_format: str) -> HttpResponseBase:
    issues = StampIssue.objects.published(request_time(request)).of_year(year)
    if not issues.exists():
        raise Http404(_("There is no stamp programme for %(year)s.") % {"year": year})
    feed = StampIssueFeed(
        request,
        feed_format,
        key=f"services.stampissue/{year}",
        title=_("Stamp issues of %(year)s") % {"year": year},
        list_url=reverse("services:stamp_year", args=[year]),
        feed_url=reverse("services:stamp_year_feed", args=[year, feed_format]),
    )
    return feed(request, issues=issues)


@require_safe
def stamp_maker_feed(request: HttpRequest, feed_format: str) -> HttpResponseBase:
    return _stamp_list_feed(request, MAKERS, feed_format)


@require_safe
@redirect_former_tags("theme")
def stamp_theme_feed(request: HttpRequest, feed_format: str) -> HttpResponseBase:
    return _stamp_list_feed(request, THEMES, feed_format)


@require_safe
def stamp_technique_feed(request: HttpRequest, feed_format: str) -> HttpResponseBase:
    return _stamp_list_feed(request, TECHNIQUES, feed_format)


def _stamp_list_feed(request: HttpRequest, kind: str, feed_format: str) -> HttpResponseBase:
    """Return the feed of the issues of one maker, theme or printing process."""
    found = requested_list(kind, request.GET.get(PARAMETERS[kind], ""))
    issues = found.issues(StampIssue.objects.published(request_time(request))) if found else None
    if found is None or issues is None or not issues.exists():
        raise Http404(_("No public stamp issue is in this list."))
    feed = StampIssueFeed(
        request,
        feed_format,
        key=f"services.stampissue/{kind}/{found.value}",
        title=found.title,
        list_url=found.url,
        feed_url=found.feed_url(feed_format),
    )
    return feed(request, issues=issues)


@require_safe
def notice_feed(request: HttpRequest, feed_format: str) -> HttpResponseBase:
    return ServiceNoticeFeed(request, feed_format)(request, at=request_time(request))
