"""The home page: the lead story, whom to call, what is new, the stamps, who is in the news."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from news.archive import archive_of
from news.models import Article, Mention
from news.models.article import ArticleQuerySet
from postportal.pages.models import SiteSettings
from postportal.web.languages import localized
from postportal.web.request_time import moment
from services.models import StampIssue

LATEST = 5
ALSO = 2
IN_THE_NEWS = 3
SECTIONS = 6
YEARS = 6
UPCOMING = 3


def home(request: HttpRequest) -> HttpResponse:
    at = moment(request)
    articles = Article.objects.published(at).in_language(get_language())
    stories = _stories(articles)
    archive = archive_of(articles)
    shown = [stories["lead"], *stories["also"], *stories["latest"]]
    context = {
        **stories,
        "sections": sorted(archive.sections, key=lambda row: -row[1])[:SECTIONS],
        "years": list(archive.years)[:YEARS],
        **_stamps(at),
        "in_the_news": _in_the_news([story for story in shown if story], at),
        "structured": _structured(request),
        "first_day": _("First day of issue").upper(),
    }
    return render(request, "home.html", context)


def _stories(articles: ArticleQuerySet) -> dict[str, Any]:
    """The newest lead story, else the newest story, and what follows it."""
    newest = list(articles.newest_first().for_lists()[: 1 + ALSO + LATEST])
    lead = articles.filter(is_featured=True).newest_first().for_lists().first() or (newest[0] if newest else None)
    others = [story for story in newest if story != lead]
    # The two lines under the lead story are older news, so that the list below starts with the newest.
    return {"lead": lead, "latest": others[:LATEST], "also": others[LATEST : LATEST + ALSO]}


def _stamps(at: dt.datetime) -> dict[str, Any]:
    """The newest issue that is out, its stamps, and the next to come."""
    today = timezone.localtime(at).date()
    issues = StampIssue.objects.published(at).filter(is_cancelled=False)
    out = issues.filter(issued_on__lte=today).newest_first().for_lists().prefetch_related("stamps__image").first()
    upcoming = issues.filter(issued_on__gt=today).programme_order().for_lists()[:UPCOMING]
    return {
        "issue": out,
        "stamps": [stamp for stamp in out.stamps.all() if stamp.image][:4] if out else [],
        "upcoming": upcoming,
    }


def _in_the_news(stories: list[Article], at: dt.datetime) -> list[Mention]:
    """Who appears in these stories, each once, those of the first story first."""
    order = {story.pk: n for n, story in enumerate(stories)}
    mentions = Mention.objects.filter(article__in=order).of_published(at).with_posts(at)
    found: dict[Any, Mention] = {}
    for mention in sorted(mentions, key=lambda mention: (order[mention.article_id], mention.order, mention.pk)):
        found.setdefault(mention.subject, mention)
    return list(found.values())[:IN_THE_NEWS]


def _structured(request: HttpRequest) -> list[dict[str, Any]]:
    site = SiteSettings.of(request)
    address = request.build_absolute_uri(reverse("home"))
    organization = {
        "@context": "https://schema.org",
        "@type": "GovernmentOrganization",
        "name": site.name,
        "alternateName": site.name_zh,
        "url": address,
        "logo": request.build_absolute_uri(static("portal/icons/icon.svg")),
    }
    website = {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": localized(site, "name"),
        "url": address,
        "potentialAction": {
            "@type": "SearchAction",
            "target": request.build_absolute_uri(reverse("search")) + "?q={q}",
            "query-input": "required name=q",
        },
    }
    return [organization, website]
