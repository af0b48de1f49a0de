"""Pages of articles and lists of articles."""

import datetime as dt
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import ListView

from news import article_page, listings
from news.archive import Archive
from news.json_ld import article_json_ld, meta_description
from news.kept_pages import narrow_article_page, narrow_list
from news.linked_names import link_people
from news.list_rows import rows_between
from news.models import Article
from news.models.article import ArticleQuerySet
from news.narrowing import Narrowing
from news.public_mentions import mentions_in
from postportal.documents.withdrawn_documents import documents_of
from postportal.page_cache.recording import narrow
from postportal.publishing.visibility import require_public
from postportal.publishing.workflow.updates import updates_of
from postportal.web.json_ld import Trail, breadcrumb_json_ld
from postportal.web.languages import html_language
from postportal.web.pagination import PaginationMixin
from postportal.web.request_time import request_time


class ArticleList(PaginationMixin, ListView):
    """The articles of one listing: all news, a year, a section, a person and so on."""

    template_name = "news/article_list.html"
    context_object_name = "articles"
    get_listing: Callable[..., listings.Listing] = staticmethod(listings.news_listing)

    def get_queryset(self) -> ArticleQuerySet:
        narrow("news.article")
        self.listing = self.get_listing(request_time(self.request), **self.kwargs)
        archive = self.listing.count_archive(request_time(self.request))
        self.narrowing = Narrowing(self.listing, archive, self.request.GET)
        return self.narrowing.apply(self.listing.select(request_time(self.request)))

    def count_rows(self) -> int | None:
        return self.narrowing.count

    def load_rows(self, page: Page[Any]) -> ArticleQuerySet:
        at, per_page = request_time(self.request), page.paginator.per_page
        start = (page.number - 1) * per_page
        return rows_between(self.listing, start, start + per_page, at=at, narrowing=self.narrowing)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if not (context["paginator"].count or self.narrowing.values or self.listing.is_permanent):
            raise Http404
        archive = self.narrowing.archive
        narrow_list(self.listing, context["articles"], is_last=not context["page_obj"].has_next())
        context["page_obj"].query = self.narrowing.values
        return {
            **context,
            "listing": self.listing,
            "articles_by_period": _group_by_period(self.listing, context["articles"]),
            "archive": archive,
            "narrowing": self.narrowing,
            "section_links": tuple(self.narrowing.section_links),
            "year_links": tuple(self.narrowing.year_links),
            "month_counts": _month_counts(self.listing, archive),
            "neighbours": _neighbouring_listings(self.listing, archive, at=request_time(self.request)),
            "alternates": self.listing.alternates(request_time(self.request), archive=archive),
            "description": meta_description(
                self.listing.description,
                _("%(list)s, newest first. Available as Atom and RSS feeds.") % {"list": self.listing.title},
                _("Browse the archive by section, year or month."),
            ),
            "json_ld_data": breadcrumb_json_ld(
                self.request, [*self.listing.trail, (self.listing.title, self.listing.url)]
            ),
        }


@require_safe
def article_detail(request: HttpRequest, day: dt.date, slug: str) -> HttpResponse:
    at = request_time(request)
    narrow("news.article")
    found = article_page.find_article(language=get_language() or "", day=day, slug=slug)
    article = require_public(request, found)
    tags = article_page.tags_of(article)
    mentions = mentions_in([article], at=at)
    neighbours, translations = article_page.others_beside(article, at=at)
    related = article_page.related_to(article, tags=tags, at=at)
    narrow_article_page(article, tags=tags, neighbours=neighbours, related=related)
    trail = _trail(article)
    breadcrumb = breadcrumb_json_ld(request, [*trail, (article.title, article.get_absolute_url())])
    story = article_json_ld(request, article, mentions=mentions, tags=[tag.name for tag in tags])
    is_withdrawn = article.is_withdrawn(at)
    context = {
        "article": article,
        "body": link_people(article.body, mentions),
        "is_withdrawn": is_withdrawn,
        "updates": updates_of(article),
        "tags": tags,
        "mentions": mentions,
        "documents": documents_of(article),
        "related": related,
        "neighbours": neighbours,
        "trail": trail,
        "alternates": [
            (html_language(row.language), row.get_language_display(), row.get_absolute_url()) for row in translations
        ],
        "description": meta_description(article.standfirst, article.body_text, article.title),
        # Search engines get no description of a withdrawn article.
        "json_ld_data": [breadcrumb] if is_withdrawn else [story, breadcrumb],
    }
    return render(request, "news/article_detail.html", context)


def _public_articles(request: HttpRequest) -> ArticleQuerySet:
    return Article.objects.published(request_time(request)).in_language(get_language() or "")


def _trail(article: Article) -> Trail:
    """Return the breadcrumbs of the article, without the list of all news if its section has the same name."""
    news = listings.news_breadcrumb()
    # Public articles have a section.
    section = (str(article.section), article.section.get_absolute_url())  # type: ignore[union-attr]
    return [section] if section[0] == news[0] else [news, section]


def _group_by_period(listing: listings.Listing, articles: Iterable[Article]) -> list[tuple[dt.date, list[Article]]]:
    """Group the articles by year, or by month if the listing is of one year. The key is the first day of the period."""
    first: dict[str, int] = {"day": 1} if listing.year else {"day": 1, "month": 1}
    return [(day, list(rows)) for day, rows in groupby(articles, key=lambda row: row.dateline_on.replace(**first))]


def _month_counts(listing: listings.Listing, archive: Archive) -> list[tuple[dt.date, int]]:
    """Return the first days of the months that have articles in the year of the listing, each with their number."""
    year = listing.year
    if year is None:
        return []
    return [(dt.date(year, month, 1), archive.months[year, month]) for month in archive.months_in_year(year)]


def _neighbouring_listings(
    listing: listings.Listing, archive: Archive, *, at: dt.datetime
) -> dict[str, listings.Listing]:
    """Return the nearest years or months with news as "earlier" and "later"."""
    if listing.year is None or listing.day:
        return {}
    if listing.month is None:
        years = {"earlier": archive.year_before(listing.year), "later": archive.year_after(listing.year)}
        return {name: listings.year_listing(at, year=year) for name, year in years.items() if year}
    months = {
        "earlier": archive.month_before(listing.year, listing.month),
        "later": archive.month_after(listing.year, listing.month),
    }
    return {name: listings.month_listing(at, year=month[0], month=month[1]) for name, month in months.items() if month}
