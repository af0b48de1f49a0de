"""The filters beside the results: for each facet its most frequent values, with counts, and what is chosen."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from postportal.search.facets import Choice, choices_by_pk, facets
from postportal.search.forms import SearchForm
from postportal.search.kinds import kinds
from postportal.search.query import remove_filter
from postportal.search.results import Results

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


@dataclass(frozen=True)
class ActiveFilter:
    """A filter in force, and the address of the search without it."""

    label: str
    url: str


def facet_groups(results: Results, chosen: Mapping[str, list[str]]) -> list[FacetGroup]:
    """Every facet that has something to choose, with one query for the names of all values."""
    counts = results.backend_results.counts
    top = {name: _top_values(counts.get(name, {}), also=results.choices.get(name, {})) for name in facets()}
    known = choices_by_pk(top, at=results.at)
    made = [_make_group("type", _("Type"), _kind_labels(), counts["type"], chosen, shown=len(kinds()))]
    for name, facet in facets().items():
        choices = [known[name][pk] for pk in top[name] if pk in known.get(name, {})]
        values = [(choice.slug, choice.label, counts[name].get(choice.pk, 0)) for choice in choices]
        picked = {known[name][pk].slug for pk in results.choices.get(name, ()) if pk in known.get(name, {})}
        options = [FacetOption(slug, label, count, slug in picked) for slug, label, count in values]
        made.append(FacetGroup(name, str(facet.label), options))
    years = [(str(year), str(year)) for year in sorted(counts["year"], reverse=True)]
    made.append(_make_group("year", _("Year"), years, counts["year"], chosen, shown=MAX_OPTIONS, key=int))
    made.append(
        _make_group("language", _("Language"), settings.LANGUAGES, counts["language"], results.filters, shown=9)
    )
    return [group for group in made if len(group.options) > 1 or any(option.is_chosen for option in group.options)]


def active_filters(
    results: Results, form: SearchForm, *, address: Callable[[dict[str, Any]], str]
) -> list[ActiveFilter]:
    """Each filter in force, chosen or typed, with the address that leaves it out."""
    chosen = [(name, value) for name, values in form.chosen.items() for value in values]
    found = [ActiveFilter(_filter_label(pair, results), address(form.parameters(without=pair))) for pair in chosen]
    for name, value in form.query.filters:
        if (name, value) not in chosen:
            text = remove_filter(form.query.text, name=name, value=value)
            found.append(ActiveFilter(_filter_label((name, value), results), address({**form.parameters(), "q": text})))
    return found


def _filter_label(pair: tuple[str, str], results: Results) -> str:
    name, value = pair
    if name == "before":
        return _("before %(day)s") % {"day": value}
    if name == "after":
        return _("from %(day)s on") % {"day": value}
    if name == "type" and value.casefold() in kinds():
        return str(kinds()[value.casefold()].label)
    if name == "language":
        return str(dict(settings.LANGUAGES).get(value, value))
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
    shown: int,
    key: Callable[[str], Any] = str,
) -> FacetGroup:
    picked = chosen.get(name, ())
    options = [FacetOption(value, str(title), counts.get(key(value), 0), value in picked) for value, title in values]
    there = [option for option in options if option.count or option.is_chosen]
    return FacetGroup(name, label, there[:shown] + [option for option in there[shown:] if option.is_chosen])
