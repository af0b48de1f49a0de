"""Numbered pages of lists, with stable URLs."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.generic.list import MultipleObjectMixin

PER_PAGE = 20


def page_or_404(rows: Any, *, number: str, per_page: int = PER_PAGE, query: dict[str, Any] | None = None) -> Page[Any]:
    """Return the page with this number, prepared for _pagination.html.

    `number` is the value of `?page=`; anything but a number means the first page. `query` holds the parameters that
    links between pages repeat. Raise Http404 if there is no page with this number."""
    paginator: Paginator[Any] = Paginator(rows, per_page)
    wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 1
    if wanted == 0 or wanted > paginator.num_pages:
        raise Http404(_("This list has no page %(number)s.") % {"number": wanted})
    page = paginator.page(wanted)
    page.numbers = list(paginator.get_elided_page_range(wanted, on_each_side=2, on_ends=1))  # type: ignore[attr-defined]
    page.query = query or {}  # type: ignore[attr-defined]
    return page


def page_url(page: Page[Any], number: int) -> str:
    """Return the relative URL of page `number`. The first page has no `page` parameter."""
    parameters = {**page.query, **({"page": str(number)} if number > 1 else {})}  # type: ignore[attr-defined]
    return f"?{urlencode(parameters, doseq=True)}" if parameters else "."


class PaginationMixin(MultipleObjectMixin):
    """ListView whose pages are those of `page_or_404`."""

    paginate_by = PER_PAGE

    def paginate_queryset(self, queryset: Any, page_size: int) -> tuple[Any, Page[Any], Any, bool]:
        page = page_or_404(queryset, number=self.request.GET.get("page", ""), per_page=page_size)  # type: ignore[attr-defined]
        return page.paginator, page, page.object_list, page.has_other_pages()
