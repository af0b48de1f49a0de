"""Numbered pages with stable addresses."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.generic.list import MultipleObjectMixin

PER_PAGE = 20


def page_or_404(rows: Any, *, number: str, per_page: int = PER_PAGE, query: dict[str, Any] | None = None) -> Page[Any]:
    """Return the page that `?page=` asks for, ready for _pagination.html.

    Whatever is no number means the first page; a number beyond the last one is no page. `query` holds the valid
    parameters that the links between pages keep. Raises Http404."""
    paginator: Paginator[Any] = Paginator(rows, per_page)
    wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 1
    if wanted == 0 or wanted > paginator.num_pages:
        raise Http404(_("There is no page %(number)s of this list.") % {"number": wanted})
    page = paginator.page(wanted)
    page.numbers = list(paginator.get_elided_page_range(wanted, on_each_side=2, on_ends=1))  # type: ignore[attr-defined]
    page.query = query or {}  # type: ignore[attr-defined]
    return page


def page_url(page: Page[Any], number: int) -> str:
    """Return the relative address of page `number`; the first page has none of its own."""
    parameters = {**page.query, **({"page": str(number)} if number > 1 else {})}  # type: ignore[attr-defined]
    return f"?{urlencode(parameters, doseq=True)}" if parameters else "."


class PaginationMixin(MultipleObjectMixin):
    """For Django's ListView: its pages, but an odd page number is never an error of ours."""

    paginate_by = PER_PAGE

    def paginate_queryset(self, queryset: Any, page_size: int) -> tuple[Any, Page[Any], Any, bool]:
        page = page_or_404(queryset, number=self.request.GET.get("page", ""), per_page=page_size)  # type: ignore[attr-defined]
        return page.paginator, page, page.object_list, page.has_other_pages()
