"""The search page, and the same search as a feed and as a table."""

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
from django.utils.feedgenerator import Atom1Feed, get_tag_uri
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.feeds import xml_safe
from postportal.images.models import Image
from postportal.pages.models import SiteSettings
from postportal.search.did_you_mean import meant
from postportal.search.facet_panel import active, groups
from postportal.search.forms import SearchForm
from postportal.search.kinds import Hit
from postportal.search.models import zero_result_search
from postportal.search.query import parse
from postportal.search.results import Order, Results
from postportal.search.results import search as find
from postportal.search.suggestions import suggestions
from postportal.site.context import same_page_in_other_languages
from postportal.web.caching import has_session
from postportal.web.csv_export import as_csv
from postportal.web.languages import html_language, localized
from postportal.web.pagination import numbered_page
from postportal.web.rate_limits import MINUTE, is_within_minute
from postportal.web.request_time import moment

IN_FEED = 50
IN_TABLE = 1000
COLUMNS = ["type", "title", "url", "date", "published"]
# Beyond this a number says no more than “many”.
MANY = 10_000

View = Callable[[HttpRequest], HttpResponseBase]


def limited(view: View) -> View:
    """Let one address search so often a minute as no reader does."""

    @wraps(view)
    def counted(request: HttpRequest) -> HttpResponseBase:
        if request.GET and not is_within_minute(request, settings.SEARCHES_A_MINUTE, what="search"):
            response = render(request, "search/too_many.html", status=429)
            response.headers["Retry-After"] = str(MINUTE)
            response.headers["Cache-Control"] = "no-store"
            return response
        return view(request)

    return counted


@require_safe
@limited
def search(request: HttpRequest) -> HttpResponse:
    form, results = _asked(request)
    parameters = form.parameters()
    page = numbered_page(results, number=request.GET.get("page", ""), query=parameters)
    _show_pictures(list(page.object_list))
    other = meant(results) if page.number == 1 else ""
    asks = form.query.asks
    if form.query.words and not (results.count() or form.chosen or form.query.filters or has_session(request)):
        zero_result_search.note(" ".join(form.query.words), language=get_language() or "", today=timezone.localdate())
    context = {
        "query": form.query,
        "asks": asks,
        "page_obj": page,
        "many": MANY if page.paginator.count > MANY else None,
        "groups": groups(results, form.chosen) if asks else [],
        "orders": [(value, label, value == form.chosen_order) for value, label in Order.choices],
        "active": active(results, form, address=_address),
        "meant": other,
        "meant_address": _address({**parameters, "q": other}),
        "unfiltered": _address({"q": form.query.unfiltered}),
        "unfiltered_count": results.count() or _count(form, request),
        "forms": _forms(parameters),
        "alternates": [
            (tag, name, address + _address(parameters)) for tag, name, address in same_page_in_other_languages(request)
        ],
    }
    return render(request, "search/search.html", context)


@require_safe
@limited
def as_atom(request: HttpRequest) -> HttpResponse:
    """What matches, the newest first: whoever follows a search has seen the rest."""
    form, results = _asked(request, order=Order.NEWEST)
    site = xml_safe(localized(SiteSettings.of(request), "name"))
    page = request.build_absolute_uri(reverse("search") + _address(form.parameters()))
    feed = Atom1Feed(
        title=xml_safe(_("Search: %(text)s - %(site)s") % {"text": form.query.text, "site": site}),
        link=page,
        description="",
        language=html_language(get_language() or "en"),
        author_name=site,
        feed_url=request.build_absolute_uri(),
        feed_guid=page,
    )
    for hit in results[0:IN_FEED]:
        address = request.build_absolute_uri(hit.address)
        feed.add_item(
            title=xml_safe(hit.title),
            link=address,
            description=xml_safe(str(hit.snippet)),
            pubdate=hit.published,
            updateddate=hit.published,
            unique_id=get_tag_uri(request.build_absolute_uri(f"/{hit.kind.name}/{hit.pk}"), None),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=Atom1Feed.content_type)


@require_safe
@limited
def as_table(request: HttpRequest) -> HttpResponseBase:
    _form, results = _asked(request)
    rows = [
        (hit.kind.name, hit.title, request.build_absolute_uri(hit.address), hit.date, hit.published)
        for hit in results[0:IN_TABLE]
    ]
    return as_csv(rows, name="search.csv", columns=COLUMNS)


@require_safe
def while_typing(request: HttpRequest) -> HttpResponse:
    """What a reader may be typing, for the script of the search field."""
    if not is_within_minute(request, settings.SUGGESTIONS_A_MINUTE, what="suggestions"):
        headers = {"Retry-After": str(MINUTE), "Cache-Control": "no-store"}
        return JsonResponse({"results": []}, status=429, headers=headers)
    found = suggestions(request.GET.get("q", ""), at=moment(request), language=get_language() or "")
    results = [{"text": each.text, "type": str(each.type), "address": each.address} for each in found]
    return JsonResponse({"results": results})


def _asked(request: HttpRequest, *, order: str = "") -> tuple[SearchForm, Results]:
    form = SearchForm(request.GET)
    form.full_clean()
    results = find(
        form.query,
        at=moment(request),
        language=get_language() or "",
        order=order or form.chosen_order,
        chosen=form.chosen,
    )
    return form, results


def _count(form: SearchForm, request: HttpRequest) -> int:
    """How much there would be without filters, for whom there is nothing with them."""
    query = parse(form.query.unfiltered)
    if not (query.asks and (form.chosen or form.query.filters)):
        return 0
    return find(query, at=moment(request), language=get_language() or "").count()


def _forms(parameters: dict[str, Any]) -> list[tuple[str, str, str]]:
    """The other forms of this search: name, media type, address."""
    here = {"language": get_language() or "", **parameters}
    return [
        ("Atom", "application/atom+xml", reverse("search_atom") + _address(parameters)),
        ("CSV", "text/csv", reverse("search_csv") + _address(parameters)),
        ("JSON", "application/json", reverse("api:search") + _address(here)),
    ]


def _show_pictures(hits: list[Hit]) -> None:
    pictures = Image.objects.in_bulk({hit.image_id for hit in hits if hit.image_id})
    for hit in hits:
        hit.image = pictures.get(hit.image_id or 0)


def _address(parameters: dict[str, Any]) -> str:
    return f"?{urlencode(parameters, doseq=True)}" if parameters else ""
