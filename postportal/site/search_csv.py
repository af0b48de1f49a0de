"""Search results as a CSV file: all of them, up to a limit that the file states if it is reached."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import get_language, ngettext

from news.models import Article
from postportal.search.documents import DocumentKey
from postportal.search.kinds import RESULT_COLUMNS, kinds
from postportal.search.results import Results, load_result_columns
from postportal.web.csv_export import csv_response
from postportal.web.languages import html_language, localized_column
from postportal.web.site_url import absolute_url

# Some seconds of work for one process.
MAX_ROWS = 20_000
BATCH_SIZE = 1000
COLUMNS = ["type", "title", "url", "date", "published", "section", "source", "language"]
# The texts are not in the file, and loading them would take most of the time.
LOADED_COLUMNS = RESULT_COLUMNS.keys() - {"lead", "body", "note"}

Row = tuple[Any, ...]


def results_as_csv(request: HttpRequest, results: Results) -> HttpResponseBase:
    """Return a download with the results. Each batch of rows is loaded when the one before has been sent."""
    rows = _in_language(_rows(request, results), get_language() or "")
    return csv_response(rows, name="search.csv", columns=COLUMNS)


def _rows(request: HttpRequest, results: Results) -> Iterator[Row]:
    count = results.count()
    for start in range(0, min(count, MAX_ROWS), BATCH_SIZE):
        keys = results.backend_results.keys(start, min(start + BATCH_SIZE, MAX_ROWS))
        yield from _batch(request, keys, at=results.at)
    if count > MAX_ROWS:
        yield ("", _limit_notice(count - MAX_ROWS), *[""] * (len(COLUMNS) - 2))


def _batch(request: HttpRequest, keys: Sequence[DocumentKey], *, at: dt.datetime) -> Iterator[Row]:
    found = load_result_columns(keys, at=at, columns=LOADED_COLUMNS)
    origins = _sections_and_sources([key.pk for key in found if kinds()[key.kind].model is Article])
    for key in keys:
        # A row may have been deleted since its key was read.
        if key in found:
            row, kind = found[key], kinds()[key.kind]
            section, source = origins.get(key.pk, ("", "")) if kind.model is Article else ("", "")
            url = absolute_url(request, kind.url(row))
            language = html_language(row["language"] or "")
            yield kind.name, row["title"], url, row["date"], row["published"], section, source, language


def _sections_and_sources(pks: list[int]) -> dict[int, tuple[str, str]]:
    names = Article.objects.filter(pk__in=pks).order_by()
    rows = names.values_list("pk", localized_column("section__name"), localized_column("source__name"))
    return {pk: (section, source) for pk, section, source in rows}


def _limit_notice(missing: int) -> str:
    text = ngettext(
        "The file ends here. %(count)s more result is on the website.",
        "The file ends here. %(count)s more results are on the website.",
        missing,
    )
    return text % {"count": missing}


def _in_language(rows: Iterator[Row], language: str) -> Iterator[Row]:
    """Yield the rows in this language: they are made after the view has returned and its language has ended."""
    while True:
        with translation.override(language):
            row = next(rows, None)
        if row is None:
            return
        yield row
