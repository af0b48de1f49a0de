"""The search page, the same search as a feed and as a CSV file, and search suggestions."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from postportal.images.models import Image
from postportal.pages.models import SiteSettings
from postportal.publishing.feeds import AtomFeed, feed_uri
from postportal.publishing.models import SiteIdentity
from postportal.search.did_you_mean import correct
from postportal.search.facet_panel import active_filters, facet_groups
from postportal.search.forms import SearchForm
from postportal.search.kinds import Hit
from postportal.search.models import zero_result_search
from postportal.search.query import parse
from postportal.search.results import ALL_LANGUAGES, Order, Results
from postportal.search.results import search as find
from postportal.search.suggestions import suggest
from postportal.site.context import other_language_links
from postportal.site.search_csv import results_as_csv
from postportal.tags.redirects import redirect_former_tags
from postportal.web.caching import has_session
from postportal.web.languages import html_language, localized_text
from postportal.web.pagination import page_or_404, refuse_page_number, requested_page
from postportal.web.rate_limits import MINUTE, allow_per_minute
from postportal.web.request_time import request_time
from postportal.web.site_url import absolute_url
from postportal.web.xml_text import strip_invalid_xml

MAX_FEED_RESULTS = 50
# A larger number of results is shown as “More than 10,000”.
MAX_SHOWN_COUNT = 10_000

View = Callable[[HttpRequest], HttpResponseBase]


def rate_limited(view: View) -> View:
    """Limit searches to settings.SEARCH_RATE_LIMIT per minute and client."""

    @wraps(view)
    def limited(request: HttpRequest) -> HttpResponseBase:
        if request.GET and not allow_per_minute(request, settings.SEARCH_RATE_LIMIT, action="search"):
            response = render(request, "search/rate_limited.html", status=429)
            response.headers["Retry-After"] = str(MINUTE)
            response.headers["Cache-Control"] = "no-store"
            return response
        return view(request)

    return limited


@require_safe
@rate_limited
@redirect_former_tags("tag")
def search(request: HttpRequest) -> HttpResponse:
    form, results = _search_from_request(request)
    corrected, typed = correct(results), form.query.text
    if corrected and not form.is_exact:
        form.query, results = corrected.query, corrected
    parameters = form.parameters()
    page = page_or_404(results, number=requested_page(request), query=parameters)
    _attach_images(list(page.object_list))
    has_criteria = form.query.has_criteria
    if form.query.words and not (results.count() or form.chosen or form.query.filters or has_session(request)):
        zero_result_search.count_search(
            " ".join(form.query.words), language=get_language() or "", today=timezone.localdate()
        )
    context = {
        "query": form.query,
        "is_exact": form.is_exact,
        "has_criteria": has_criteria,
        "page_obj": page,
        "max_shown_count": MAX_SHOWN_COUNT if page.paginator.count > MAX_SHOWN_COUNT else None,
        "facet_groups": facet_groups(results, form.chosen) if has_criteria else [],
        "sort_options": [(value, label, value == form.chosen_order) for value, label in Order.choices],
        "active_filters": active_filters(results, form, make_url=_query_string),
        **_correction_links(form, typed=typed, correction=corrected.query.text if corrected else ""),
        "unfiltered_url": _query_string({"q": form.query.text_without_filters}),
        "unfiltered_count": results.count() or _count_unfiltered(form, request),
        "other_formats": _other_formats(parameters),
        "alternates": [
            (tag, name, url + _query_string(parameters)) for tag, name, url in other_language_links(request)
        ],
    }
    return render(request, "search/search.html", context)


@require_safe
@rate_limited
@redirect_former_tags("tag")
def search_atom(request: HttpRequest) -> HttpResponse:
    """Return the results as an Atom feed, newest first so that subscribers see new matches."""
    refuse_page_number(request)
    form, results = _search_from_request(request, order=Order.NEWEST)
    site = strip_invalid_xml(localized_text(SiteSettings.for_request(request), "name"))
    identity = SiteIdentity.load()
    page_url = absolute_url(request, reverse("search") + _query_string(form.parameters()))
    feed = AtomFeed(
        title=strip_invalid_xml(_("Search: %(text)s - %(site)s") % {"text": form.query.text, "site": site}),
        link=page_url,
        description="",
        language=html_language(get_language() or "en"),
        author_name=site,
        feed_url=absolute_url(request, request.get_full_path()),
        feed_guid=feed_uri(identity, f"search{_query_string(form.parameters())}"),
        established=identity.established_at,
    )
    for hit in results[0:MAX_FEED_RESULTS]:
        feed.add_item(
            title=strip_invalid_xml(hit.title),
            link=absolute_url(request, hit.url),
            description=strip_invalid_xml(str(hit.snippet)),
            pubdate=hit.published,
            updateddate=hit.published,
            unique_id=identity.uri_of(hit.kind.model, hit.pk),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=AtomFeed.content_type)


@require_safe
@rate_limited
@redirect_former_tags("tag")
def search_csv(request: HttpRequest) -> HttpResponseBase:
    refuse_page_number(request)
    _form, results = _search_from_request(request)
    return results_as_csv(request, results)


@require_safe
def search_suggestions(request: HttpRequest) -> HttpResponse:
    """Return suggestions as JSON for the script of the search field."""
    if not allow_per_minute(request, settings.SUGGESTION_RATE_LIMIT, action="suggestions"):
        headers = {"Retry-After": str(MINUTE), "Cache-Control": "no-store"}
        return JsonResponse({"results": []}, status=429, headers=headers)
    suggestions = suggest(request.GET.get("q", ""), at=request_time(request), language=get_language() or "")
    results = [{"text": row.text, "type": str(row.type), "address": row.url} for row in suggestions]
    return JsonResponse({"results": results})


def _search_from_request(request: HttpRequest, *, order: str = "") -> tuple[SearchForm, Results]:
    form = SearchForm(request.GET)
    form.full_clean()
    results = find(
        form.query,
        at=request_time(request),
        language=get_language() or "",
        order=order or form.chosen_order,
        chosen=form.chosen,
    )
    return form, results


def _correction_links(form: SearchForm, *, typed: str, correction: str) -> dict[str, str]:
    """Return the link from corrected results to those of the words as typed, or the link to the corrected results."""
    if not correction:
        return {"did_you_mean": "", "typed_instead": ""}
    if form.is_exact:
        url = _query_string({**form.parameters(), "q": correction, "exact": ""})
        return {"did_you_mean": correction, "did_you_mean_url": url, "typed_instead": ""}
    return {
        "did_you_mean": "",
        "typed_instead": typed,
        "typed_instead_url": _query_string({**form.parameters(), "q": typed, "exact": "1"}),
    }


def _count_unfiltered(form: SearchForm, request: HttpRequest) -> int:
    """Return the number of results without filters, for a search that finds nothing with them."""
    query = parse(form.query.text_without_filters)
    if not (query.has_criteria and (form.chosen or form.query.filters)):
        return 0
    return find(query, at=request_time(request), language=get_language() or "").count()


def _other_formats(parameters: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return name, media type and URL of the other formats of this search."""
    api_parameters = {"language": get_language() or "", **parameters, "exact": ""}
    if ALL_LANGUAGES in api_parameters["language"]:
        del api_parameters["language"]
    return [
        ("Atom", "application/atom+xml", reverse("search_atom") + _query_string(parameters)),
        ("CSV", "text/csv", reverse("search_csv") + _query_string(parameters)),
        ("JSON", "application/json", reverse("api:search") + _query_string(api_parameters)),
    ]


def _attach_images(hits: list[Hit]) -> None:
    images = Image.objects.in_bulk({hit.image_id for hit in hits if hit.image_id})
    for hit in hits:
        hit.image = images.get(hit.image_id or 0)


def _query_string(parameters: dict[str, Any]) -> str:
    parameters = {name: value for name, value in parameters.items() if value}
    return f"?{urlencode(parameters, doseq=True)}" if parameters else ""
