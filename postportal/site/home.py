"""The home page: lead story, hotlines, latest news, stamps and people in the news."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from news.archive import count_archive
from news.models import Article, Mention
from news.models.partial_dates import Precision
from news.public_mentions import mentions_in
from postportal.page_cache.recording import narrow
from postportal.pages.models import SiteSettings
from postportal.web.compiled_query import CompiledQuery
from postportal.web.languages import localized_text
from postportal.web.request_time import request_time
from postportal.web.site_url import absolute_url
from services.models import Stamp, StampIssue

MAX_LATEST = 5
MAX_SECONDARY = 2
MAX_STORIES = 1 + MAX_SECONDARY + MAX_LATEST
MAX_IN_THE_NEWS = 3
MAX_SECTIONS = 6
MAX_YEARS = 6
MAX_STAMPS = 4
MAX_UPCOMING = 3


def home(request: HttpRequest) -> HttpResponse:
    at = request_time(request)
    narrow("news.article")
    stories = _pick_stories(at)
    archive = count_archive(at=at, language=get_language() or "")
    shown = [stories["lead"], *stories["secondary_stories"], *stories["latest_articles"]]
    context = {
        **stories,
        "sections": sorted(archive.sections, key=lambda row: -row[1])[:MAX_SECTIONS],
        "years": list(archive.years)[:MAX_YEARS],
        **_stamp_context(at),
        "in_the_news": _mentions_in_the_news([story for story in shown if story], at),
        "json_ld_data": _json_ld_data(request),
        "first_day_label": _("First day of issue").upper(),
    }
    return render(request, "home.html", context)


def _pick_stories(at: dt.datetime) -> dict[str, Any]:
    """Return the newest lead story, else the newest story, and the stories that follow it."""
    rows: list[Article] = _stories.objects(at, get_language() or "")
    # Any story may become the first lead story.
    is_full = len(rows) >= MAX_STORIES and any(row.is_featured for row in rows)
    narrow("news.article", language=get_language(), first=rows[-1].dateline_on if is_full else None)
    lead = next((row for row in rows if row.is_featured), rows[0] if rows else None)
    others = [story for story in rows[:MAX_STORIES] if story != lead]
    # The secondary stories under the lead are the older ones, so that the list below starts with the newest.
    return {
        "lead": lead,
        "latest_articles": others[:MAX_LATEST],
        "secondary_stories": others[MAX_LATEST : MAX_LATEST + MAX_SECONDARY],
    }


def _stories_query(at: dt.datetime, language: str) -> QuerySet[Article]:
    """Return the newest stories, and the newest lead story if it is not one of them."""
    public = Article.objects.published(at).in_language(language).newest_first()
    newest, lead = public.values("pk")[:MAX_STORIES], public.filter(is_featured=True).values("pk")[:1]
    return Article.objects.filter(Q(pk__in=newest) | Q(pk__in=lead)).newest_first().for_lists()


def _stamp_context(at: dt.datetime) -> dict[str, Any]:
    """Return the newest stamp issue, its stamps and the upcoming issues."""
    today = timezone.localtime(at).date()
    issues: list[StampIssue] = _issues.objects(at, today, today.replace(day=1), today.replace(month=1, day=1))
    newest = next((issue for issue in issues if issue.first_day and issue.first_day <= today), None)
    shows_designs = newest is not None and not newest.holds_back_pictures(at)
    return {
        "newest_issue": newest,
        "newest_picture": newest.lead_image if newest and shows_designs else None,
        "stamps": _stamps.objects(newest.pk) if newest and shows_designs else [],
        "upcoming_issues": [issue for issue in issues if issue != newest],
    }


def _issues_query(at: dt.datetime, today: dt.date, month: dt.date, year: dt.date) -> QuerySet[StampIssue]:
    """Return the newest issue and the upcoming ones, in the order of the programme."""
    public = StampIssue.objects.published(at).filter(is_cancelled=False)
    newest = public.filter(issued_on__lte=today, issued_precision=Precision.DAY).newest_first().values("pk")[:1]
    upcoming = public.upcoming(today, month=month, year=year).in_programme_order().values("pk")[:MAX_UPCOMING]
    return StampIssue.objects.filter(Q(pk__in=newest) | Q(pk__in=upcoming)).in_programme_order().for_lists()


def _stamps_query(issue: int) -> QuerySet[Stamp]:
    return Stamp.objects.filter(issue=issue, image__isnull=False).select_related("image")[:MAX_STAMPS]


_stories = CompiledQuery(_stories_query, takes=(dt.datetime, str))
_issues = CompiledQuery(_issues_query, takes=(dt.datetime, dt.date, dt.date, dt.date))
_stamps = CompiledQuery(_stamps_query, takes=(int,))


def _mentions_in_the_news(stories: list[Article], at: dt.datetime) -> list[Mention]:
    """Return the mentions in these stories, one for each person or organization, in the order of the stories."""
    found: dict[Any, Mention] = {}
    for mention in mentions_in(stories, at=at):
        found.setdefault(mention.subject, mention)
    return list(found.values())[:MAX_IN_THE_NEWS]


def _json_ld_data(request: HttpRequest) -> list[dict[str, Any]]:
    site = SiteSettings.for_request(request)
    url = absolute_url(request, reverse("home"))
    organization = {
        "@context": "https://schema.org",
        "@type": "GovernmentOrganization",
        "name": site.name,
        "alternateName": site.name_zh,
        "url": url,
        "logo": absolute_url(request, static("portal/icons/icon.svg")),
    }
    website = {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": localized_text(site, "name"),
        "url": url,
        "potentialAction": {
            "@type": "SearchAction",
            "target": absolute_url(request, reverse("search")) + "?q={q}",
            "query-input": "required name=q",
        },
    }
    return [organization, website]
