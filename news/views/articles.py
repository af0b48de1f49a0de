"""Lists of news and the article itself."""

import datetime as dt
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import ListView

from news import listings
from news.archive import Archive, count_archive
from news.json_ld import article_json_ld, meta_description
from news.models import Article
from news.models.article import ArticleQuerySet
from postportal.pages.views.errors import item_gone
from postportal.publishing.workflow.updates import updates_of
from postportal.web.json_ld import breadcrumb_json_ld
from postportal.web.languages import html_language
from postportal.web.pagination import PaginationMixin
from postportal.web.request_time import request_time

MAX_RELATED = 3


class ArticleList(PaginationMixin, ListView):
    """One list for everything, a year, a section, a person and so on: the scope tells."""

    template_name = "news/article_list.html"
    context_object_name = "articles"
    get_listing: Callable[..., listings.Listing] = staticmethod(listings.news_listing)

    def get_queryset(self) -> ArticleQuerySet:
        self.listing = self.get_listing(request_time(self.request), **self.kwargs)
        return self.listing.select(_public_articles(self.request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if not (context["paginator"].count or self.listing.is_permanent):
            raise Http404
        archive = count_archive(_public_articles(self.request))
        return {
            **context,
            "scope": self.listing,
            "periods": _group_by_period(self.listing, context["articles"]),
            "archive": archive,
            "months": _month_counts(self.listing, archive),
            "neighbours": _neighbouring_listings(self.listing, archive, at=request_time(self.request)),
            "alternates": self.listing.alternates(request_time(self.request)),
            "description": meta_description(
                self.listing.description,
                _("%(list)s, newest first, with feeds to follow it.") % {"list": self.listing.title},
                _("The archive can be read by section, by year and by month."),
            ),
            "structured": breadcrumb_json_ld(
                self.request, [*self.listing.trail, (self.listing.title, self.listing.url)]
            ),
        }


@require_safe
def article_detail(request: HttpRequest, day: dt.date, slug: str) -> HttpResponse:
    at = request_time(request)
    rows = Article.objects.select_related("section", "source", "lead_image")
    found = rows.filter(language=get_language(), dateline_on=day, slug=slug).first()
    if found and found.is_gone(at):
        return item_gone(request, found)
    if found is None or not found.has_page(at):
        raise Http404
    tags = list(found.tags.order_by("name"))
    mentions = list(found.mentions.with_public_subject(at).with_positions(at))
    steps = [listings.news_breadcrumb(), (str(found.section), found.section.get_absolute_url())]
    # A section called like the list of all news is not said twice.
    trail = steps[1:] if steps[0][0] == steps[1][0] else steps
    is_withdrawn = found.is_withdrawn(at)
    steps_of_trail = breadcrumb_json_ld(request, [*trail, (found.title, found.get_absolute_url())])
    story = article_json_ld(request, found, mentions=mentions, tags=[tag.name for tag in tags])
    context = {
        "article": found,
        "is_withdrawn": is_withdrawn,
        "updates": updates_of(found),
        "tags": tags,
        "mentions": mentions,
        "related": _public_articles(request).related_to(found, tags=[tag.pk for tag in tags], count=MAX_RELATED),
        "neighbours": _public_articles(request).neighbours_of(found),
        "trail": trail,
        "alternates": _alternates(found, at),
        "description": meta_description(found.standfirst, found.body_text, found.title),
        # Machines are told of no article that is withdrawn.
        "structured": [steps_of_trail] if is_withdrawn else [story, steps_of_trail],
    }
    return render(request, "news/article_detail.html", context)


def _public_articles(request: HttpRequest) -> ArticleQuerySet:
    return Article.objects.published(request_time(request)).in_language(get_language() or "")


def _alternates(article: Article, at: dt.datetime) -> list[tuple[str, str, str]]:
    others: Any = article.in_other_languages()
    return [
        (html_language(row.language), row.get_language_display(), row.get_absolute_url())
        for row in others.published(at).order_by("language").defer("body", "body_text")
        if row.language != article.language
    ]


def _group_by_period(scope: listings.Listing, articles: Iterable[Article]) -> list[tuple[dt.date, list[Article]]]:
    """The rows of a page under the first day of their year, or in the list of a year, of their month."""
    first: dict[str, int] = {"day": 1} if scope.year else {"day": 1, "month": 1}
    return [(day, list(rows)) for day, rows in groupby(articles, key=lambda row: row.dateline_on.replace(**first))]


def _month_counts(scope: listings.Listing, archive: Archive) -> list[tuple[dt.date, int]]:
    """The months of the year shown, with their counts."""
    year = scope.year
    if year is None:
        return []
    return [(dt.date(year, month, 1), archive.months[year, month]) for month in archive.months_in_year(year)]


def _neighbouring_listings(
    scope: listings.Listing, archive: Archive, *, at: dt.datetime
) -> dict[str, listings.Listing]:
    """The year or month with news before and after this one."""
    if scope.year is None or scope.day:
        return {}
    if scope.month is None:
        years = {"earlier": archive.year_before(scope.year), "later": archive.year_after(scope.year)}
        return {name: listings.year_listing(at, year=year) for name, year in years.items() if year}
    months = {
        "earlier": archive.month_before(scope.year, scope.month),
        "later": archive.month_after(scope.year, scope.month),
    }
    return {name: listings.month_listing(at, year=found[0], month=found[1]) for name, found in months.items() if found}
