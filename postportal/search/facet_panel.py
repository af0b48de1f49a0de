"""The filters next to the results: the chosen and the most frequent values of each facet, with counts."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from postportal.search.facets import Choice, choices_by_pk, facets
from postportal.search.forms import SearchForm
from postportal.search.kinds import kinds
from postportal.search.query import remove_filter
from postportal.search.results import ALL_LANGUAGES, Results

MAX_OPTIONS = 4


@dataclass(frozen=True)
class FacetOption:
    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class FacetGroup:
    name: str
    label: str
    options: list[FacetOption]
    # One of the options is always chosen.
    is_single: bool = False


@dataclass(frozen=True)
class ActiveFilter:
    """A filter of the search, and the URL of the search without it."""

    label: str
    url: str


def facet_groups(results: Results, chosen: Mapping[str, list[str]]) -> list[FacetGroup]:
    """Return the facets that offer a choice, loading the names of all values with one query."""
    counts = results.backend_results.counts
    top = {name: _top_values(counts.get(name, {}), also=results.choices.get(name, {})) for name in facets()}
    choices = choices_by_pk(top, at=results.at)
    groups = [_make_group("type", _("Type"), _kind_labels(), counts["type"], chosen, limit=len(kinds()))]
    for name, facet in facets().items():
        public = choices.get(name, {})
        chosen_pks = results.choices.get(name, {})
        options = [
            FacetOption(public[pk].slug, public[pk].label, counts[name].get(pk, 0), pk in chosen_pks)
            for pk in top[name]
            if pk in public
        ]
        groups.append(FacetGroup(name, str(facet.label), options))
    years = [(str(year), str(year)) for year in sorted(counts["year"], reverse=True)]
    groups.append(_make_group("year", _("Year"), years, counts["year"], chosen, limit=MAX_OPTIONS, key=int))
    groups = [group for group in groups if len(group.options) > 1 or any(option.is_chosen for option in group.options)]
    languages = _language_options(results, chosen)
    return [*groups, FacetGroup("language", _("Language"), languages, is_single=True)] if languages else groups


def _language_options(results: Results, chosen: Mapping[str, list[str]]) -> list[FacetOption]:
    """Return the languages of the results, of which one is chosen, and all languages. Without a choice by the reader it
    is that of the page, which is said. Empty if there is nothing to choose."""
    counts, page_language = results.backend_results.counts["language"], get_language()
    picked = chosen.get("language") or [page_language]
    options = [
        FacetOption(
            code,
            _("%(language)s (this page’s language)") % {"language": name} if code == page_language else str(name),
            counts.get(code, 0),
            code in picked,
        )
        for code, name in settings.LANGUAGES
        if code in counts or code in picked
    ]
    if len(options) < 2 and "language" not in chosen:
        return []
    everything = FacetOption(
        ALL_LANGUAGES, _("All languages"), results.backend_results.count_without("language"), ALL_LANGUAGES in picked
    )
    return [*options, everything]


def active_filters(
    results: Results, form: SearchForm, *, make_url: Callable[[dict[str, Any]], str]
) -> list[ActiveFilter]:
    """Return the filters of the search, ticked or typed. `make_url` returns the URL of a search with parameters."""
    chosen = [(name, value) for name, values in form.chosen.items() for value in values]
    found = [ActiveFilter(_filter_label(pair, results), make_url(form.parameters(without=pair))) for pair in chosen]
    for name, value in form.query.filters:
        if (name, value) not in chosen:
            url = make_url({**form.parameters(), "q": remove_filter(form.query.text, name=name, value=value)})
            found.append(ActiveFilter(_filter_label((name, value), results), url))
    return found


def _filter_label(pair: tuple[str, str], results: Results) -> str:
    name, value = pair
    if name == "before":
        return _("before %(day)s") % {"day": value}
    if name == "after":
        return _("from %(day)s") % {"day": value}
    if name == "type" and value.casefold() in kinds():
        return str(kinds()[value.casefold()].label)
    if name == "language":
        return _("All languages") if value == ALL_LANGUAGES else str(dict(settings.LANGUAGES).get(value, value))
    return _choice_label(value, results.choices.get(name, {}).values())


def _choice_label(value: str, choices: Iterable[Choice]) -> str:
    return next((choice.label for choice in choices if choice.slug == value), value)


def _kind_labels() -> list[tuple[str, Any]]:
    return [(name, kind.label) for name, kind in kinds().items()]


def _top_values(counts: Mapping[Any, int], *, also: Iterable[int]) -> list[int]:
    frequent = sorted(counts, key=lambda pk: (-counts[pk], pk))[:MAX_OPTIONS]
    return list(dict.fromkeys([*frequent, *also]))


def _make_group(
    name: str,
    label: str,
    values: Iterable[tuple[str, Any]],
    counts: Mapping[Any, int],
    chosen: Mapping[str, list[str]],
    *,
    limit: int,
    key: Callable[[str], Any] = str,
) -> FacetGroup:
    """Return a group of at most `limit` options, and those that are chosen. `key` turns a value into its key in
    `counts`."""
    ticked = chosen.get(name, ())
    options = [FacetOption(value, str(title), counts.get(key(value), 0), value in ticked) for value, title in values]
    useful = [option for option in options if option.count or option.is_chosen]
    return FacetGroup(name, label, useful[:limit] + [option for option in useful[limit:] if option.is_chosen])
