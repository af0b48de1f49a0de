"""The search page, and the answer to whether the portal is well."""

import logging
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language

from postportal.furniture import same_page_in_other_languages
from postportal.images.models import Image
from postportal.paging import numbered_page
from postportal.publishing.moments import moment
from postportal.search.forms import SearchForm
from postportal.search.kinds import Hit, kinds
from postportal.search.results import Order
from postportal.search.results import search as find

logger = logging.getLogger(__name__)


def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    form.full_clean()
    results = find(
        form.query, at=moment(request), language=get_language() or "", types=form.types, order=form.chosen_order
    )
    parameters = form.parameters()
    page = numbered_page(results, number=request.GET.get("page", ""), query=parameters)
    _show_pictures(list(page.object_list))
    context = {
        "query": form.query,
        "results": results,
        "page_obj": page,
        "types": [(kind, results.counts[name], name in form.types) for name, kind in kinds().items()],
        "orders": [(value, label, value == form.chosen_order) for value, label in Order.choices],
        "asks": form.query.asks,
        "active": [(kinds()[name], _address(form.parameters(without_type=name))) for name in form.types],
        "unfiltered": _address({"q": form.query.text}),
        "unfiltered_count": sum(results.counts.values()),
        "alternates": [
            (tag, name, address + _address(parameters)) for tag, name, address in same_page_in_other_languages(request)
        ],
    }
    return render(request, "search/search.html", context)


def healthz(request: HttpRequest) -> JsonResponse:
    """200 while readers can be served. A dead cache makes pages slower, not wrong, so it is told but is no failure: a
    balancer that took the portal away for it would turn a slow site into none."""
    checks = {"database": _database_answers(), "cache": _cache_answers()}
    state = {name: "ok" if is_well else "failed" for name, is_well in checks.items()}
    status = "ok" if all(checks.values()) else "degraded" if checks["database"] else "failed"
    return JsonResponse({"status": status, **state}, status=200 if checks["database"] else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError:
        logger.exception("The database does not answer.")
        return False


def _cache_answers() -> bool:
    # Each cache has errors of its own.
    try:
        cache.set("healthz", 1, timeout=10)
        return bool(cache.get("healthz") == 1)
    except Exception:
        logger.exception("The cache does not answer.")
        return False


def _show_pictures(hits: list[Hit]) -> None:
    pictures = Image.objects.in_bulk({hit.image_id for hit in hits if hit.image_id})
    for hit in hits:
        hit.image = pictures.get(hit.image_id or 0)


def _address(parameters: dict[str, Any]) -> str:
    return f"?{urlencode(parameters, doseq=True)}" if parameters else ""
