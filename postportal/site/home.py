"""The home page: lead story, hotlines, latest news, stamps and people in the news."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from news.archive import count_archive
from news.models import Article, Mention
from news.models.article import ArticleQuerySet
from postportal.pages.models import SiteSettings
from postportal.web.languages import localized_text
from postportal.web.request_time import request_time
from services.models import StampIssue

MAX_LATEST = 5
MAX_SECONDARY = 2
MAX_IN_THE_NEWS = 3
MAX_SECTIONS = 6
MAX_YEARS = 6
MAX_STAMPS = 4
MAX_UPCOMING = 3


def home(request: HttpRequest) -> HttpResponse:
    at = request_time(request)
    articles = Article.objects.published(at).in_language(get_language())
    stories = _pick_stories(articles)
    archive = count_archive(articles)
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


def _pick_stories(articles: ArticleQuerySet) -> dict[str, Any]:
    """Return the newest lead story, else the newest story, and the stories that follow it."""
    newest = list(articles.newest_first().for_lists()[: 1 + MAX_SECONDARY + MAX_LATEST])
    lead = articles.filter(is_featured=True).newest_first().for_lists().first() or (newest[0] if newest else None)
    others = [story for story in newest if story != lead]
    # The secondary stories under the lead are the older ones, so that the list below starts with the newest.
    return {
        "lead": lead,
        "latest_articles": others[:MAX_LATEST],
        "secondary_stories": others[MAX_LATEST : MAX_LATEST + MAX_SECONDARY],
    }


def _stamp_context(at: dt.datetime) -> dict[str, Any]:
    """Return the newest stamp issue, its stamps and the upcoming issues."""
    today = timezone.localtime(at).date()
    issues = StampIssue.objects.published(at).filter(is_cancelled=False)
    issued = issues.filter(issued_on__lte=today).newest_first().for_lists()
    newest = issued.prefetch_related("stamps__image").first()
    upcoming = issues.filter(issued_on__gt=today).in_programme_order().for_lists()[:MAX_UPCOMING]
    return {
        "newest_issue": newest,
        "stamps": [stamp for stamp in newest.stamps.all() if stamp.image][:MAX_STAMPS] if newest else [],
        "upcoming_issues": upcoming,
    }


def _mentions_in_the_news(stories: list[Article], at: dt.datetime) -> list[Mention]:
    """Return the mentions in these stories, one for each person or organization, in the order of the stories."""
    order = {story.pk: n for n, story in enumerate(stories)}
    mentions = Mention.objects.filter(article__in=order).with_public_subject(at).with_positions(at)
    found: dict[Any, Mention] = {}
    for mention in sorted(mentions, key=lambda mention: (order[mention.article_id], mention.order, mention.pk)):
        found.setdefault(mention.subject, mention)
    return list(found.values())[:MAX_IN_THE_NEWS]


def _json_ld_data(request: HttpRequest) -> list[dict[str, Any]]:
    site = SiteSettings.for_request(request)
    url = request.build_absolute_uri(reverse("home"))
    organization = {
        "@context": "https://schema.org",
        "@type": "GovernmentOrganization",
        "name": site.name,
        "alternateName": site.name_zh,
        "url": url,
        "logo": request.build_absolute_uri(static("portal/icons/icon.svg")),
    }
    website = {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": localized_text(site, "name"),
        "url": url,
        "potentialAction": {
            "@type": "SearchAction",
            "target": request.build_absolute_uri(reverse("search")) + "?q={q}",
            "query-input": "required name=q",
        },
    }
    return [organization, website]
