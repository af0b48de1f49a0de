"""Numbered pages of lists. Each has one URL: the first without a number, the others with `?page=2` and so on.
`?page=1` redirects there, and everything else is not found."""

import re
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.generic.list import MultipleObjectMixin

from postportal.web.caching import Patterns, View, decorate, use_parameters

PER_PAGE = 20
PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,7}")
# What the first page may be called in a URL that redirects to it: forms send an empty value.
FIRST_PAGE = ("", "1")


def requested_page(request: HttpRequest) -> str:
    """Return the value of `?page=`, "" if there is none. Raise Http404 if there are several."""
    use_parameters(request, "page")
    values = request.GET.getlist("page")
    if len(values) > 1:
        raise _no_such_page(", ".join(values))
    return values[0] if values else ""


def refuse_page_number(request: HttpRequest) -> None:
    """Raise Http404 if the request asks for another page than the first of a list that has only one, such as a feed."""
    number = requested_page(request)
    if number not in FIRST_PAGE:
        raise _no_such_page(number)


def redirect_first_page(patterns: Patterns) -> Patterns:
    """Redirect `?page=1` to the URL without it, wherever there is a page at that URL."""
    return decorate(patterns, _redirecting_first_page)


def _redirecting_first_page(view: View) -> View:
    @wraps(view)
    def redirecting(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code not in (200, 304) or request.GET.get("page") not in FIRST_PAGE:
            return response
        query = request.GET.copy()
        del query["page"]
        return HttpResponsePermanentRedirect(f"{request.path}?{query.urlencode()}" if query else request.path)

    return redirecting


def page_or_404(
    rows: Any,
    *,
    number: str,
    per_page: int = PER_PAGE,
    query: dict[str, Any] | None = None,
    count: int | None = None,
) -> Page[Any]:
    """Return the page with this number, prepared for _pagination.html.

    `number` is the value of `?page=` (`requested_page`). `query` holds the parameters that links between pages repeat.
    `count` is the number of rows if it is known; otherwise they are counted.
    Raise Http404 if there is no page with this number."""
    paginator: Paginator[Any] = Paginator(rows, per_page)
    if count is not None:
        paginator.count = count
    wanted = 1 if number in FIRST_PAGE else _parse_page_number(number)
    if wanted > paginator.num_pages:
        raise _no_such_page(number)
    page = paginator.page(wanted)
    page.numbers = list(paginator.get_elided_page_range(wanted, on_each_side=2, on_ends=1))  # type: ignore[attr-defined]
    page.query = query or {}  # type: ignore[attr-defined]
    return page


def _parse_page_number(number: str) -> int:
    if not PAGE_NUMBER.fullmatch(number):
        raise _no_such_page(number)
    return int(number)


def _no_such_page(number: str) -> Http404:
    return Http404(_("This list has no page %(number)s.") % {"number": number[:20]})


def page_url(page: Page[Any], number: int) -> str:
    """Return the relative URL of page `number`. The first page has no `page` parameter."""
    parameters = {**page.query, **({"page": str(number)} if number > 1 else {})}  # type: ignore[attr-defined]
    return f"?{urlencode(parameters, doseq=True)}" if parameters else "."


class PaginationMixin(MultipleObjectMixin):
    """ListView whose pages are those of `page_or_404`."""

    paginate_by = PER_PAGE

    def paginate_queryset(self, queryset: Any, page_size: int) -> tuple[Any, Page[Any], Any, bool]:
        number = requested_page(self.request)  # type: ignore[attr-defined]
        page = page_or_404(queryset, number=number, per_page=page_size, count=self.count_rows())
        page.object_list = self.load_rows(page)
        return page.paginator, page, page.object_list, page.has_other_pages()

    def count_rows(self) -> int | None:
        """Return the number of rows if it is known without counting them."""
        return None

    def load_rows(self, page: Page[Any]) -> Any:
        """Return the rows of a page as the template needs them."""
        return page.object_list
