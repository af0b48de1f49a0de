"""Pages, people, documents and the like that the link dialog of the text editor offers, as JSON."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from postportal.richtext.references import find_references, reference_to, scheme_of, split_reference
from postportal.staff.quick_search import QuickSearch, quick_searches_for
from postportal.staff.work_queues import kind_name
from postportal.text.folding import fold

# For each kind, so that a common word leaves room for the others.
MAX_CHOICES = 5
MAX_WORDS = 200


@require_GET
def link_choices_view(request: HttpRequest) -> JsonResponse:
    """Return the rows with the words `q` in a name, or the one that the reference `url` leads to. Nobody is offered a
    row that they may not view."""
    at, text, url = timezone.now(), request.GET.get("q", "")[:MAX_WORDS], request.GET.get("url", "")
    searches = [search for search in quick_searches_for(request.user) if scheme_of(search.model)]
    if key := split_reference(url):
        found = [(search, search.rows_with_keys([key[1]])) for search in searches if scheme_of(search.model) == key[0]]
    elif text.strip():
        found = [(search, list(search.matching_rows(text)[:MAX_CHOICES])) for search in searches]
    else:
        found = []
    choices = [choice for search, rows in found for choice in _choices(search, rows, at)]
    choices.sort(key=lambda choice: not fold(choice["label"]).startswith(fold(text)))
    return JsonResponse({"choices": choices})


def _choices(search: QuickSearch, rows: list[Any], at: dt.datetime) -> list[dict[str, Any]]:
    """Return what the dialog says of these rows, and the words of a link to each. Takes the queries of one text."""
    scheme = scheme_of(search.model)
    public = find_references({(scheme, row.pk) for row in rows}, at=at)
    return [
        {
            "url": reference_to(row.pk, scheme=scheme),
            "label": str(row),
            "kind": kind_name(row),
            "detail": search.detail(row, at),
            "words": public[scheme, row.pk].words or str(row) if (scheme, row.pk) in public else "",
            "is_public": (scheme, row.pk) in public,
        }
        for row in rows
    ]
