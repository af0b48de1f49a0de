"""Stamp issues as they become known, as Atom (RFC 4287) and RSS 2.0."""

import datetime as dt
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import escape, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from news.feeds import FORMS, xml_safe
from postportal.pages.models import SiteSettings
from postportal.web.languages import html_language, localized
from postportal.web.request_time import moment
from services.models import StampIssue
from services.models.stamp_issue import StampIssueQuerySet

ITEMS = 50


class StampFeed(Feed):
    """The newest issues of `issues`; `address` is the page and `own_address` the feed itself."""

    def __init__(self, request: HttpRequest, form: str, *, title: str, address: str, own_address: str) -> None:
        self.form = form
        self.feed_type = FORMS[form]
        self.language = html_language(get_language() or "en")
        self.author_name = xml_safe(localized(SiteSettings.of(request), "name"))
        self.title = _("%(list)s - %(site)s") % {"list": title, "site": self.author_name}
        self.description = self.subtitle = title
        self.link, self.feed_url = address, own_address

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> StampIssueQuerySet:
        issues: StampIssueQuerySet = kwargs["issues"]
        return issues

    def items(self, issues: StampIssueQuerySet) -> StampIssueQuerySet:
        return issues.latest_first().for_lists().prefetch_related("tags")[:ITEMS]

    def item_title(self, item: StampIssue) -> str:
        title = xml_safe(str(item))
        # The title of an Atom entry is text. That of an RSS item is HTML to many readers.
        return title if self.form == "atom" else escape(title)

    def item_description(self, item: StampIssue) -> str:
        """HTML in both forms."""
        issued = _("First day of issue: %(day)s") % {"day": date_format(item.issued_on)} if item.issued_on else ""
        lines = [item.standfirst, issued, item.composition_in_words, item.price]
        return format_html_join("", "<p>{}</p>", ((xml_safe(line),) for line in lines if line))

    def item_pubdate(self, item: StampIssue) -> dt.datetime | None:
        return item.publish_at

    def item_updateddate(self, item: StampIssue) -> dt.datetime | None:
        return max(filter(None, [item.publish_at, item.changed_at]))

    def item_categories(self, item: StampIssue) -> list[str]:
        return [item.kind_in_words, *(xml_safe(tag.name) for tag in item.tags.all())]


def stamps(request: HttpRequest, form: str) -> HttpResponse:
    feed = StampFeed(
        request,
        form,
        title=_("Stamp issues"),
        address=reverse("services:stamps"),
        own_address=reverse("services:stamp_feed", args=[form]),
    )
    return feed(request, issues=StampIssue.objects.published(moment(request)))


def stamps_of_year(request: HttpRequest, year: int, form: str) -> HttpResponse:
    issues = StampIssue.objects.published(moment(request)).of_year(year)
    if not issues.exists():
        raise Http404(_("There is no stamp programme of %(year)s.") % {"year": year})
    feed = StampFeed(
        request,
        form,
        title=_("Stamp issues of %(year)s") % {"year": year},
        address=reverse("services:stamp_year", args=[year]),
        own_address=reverse("services:stamp_year_feed", args=[year, form]),
    )
    return feed(request, issues=issues)
