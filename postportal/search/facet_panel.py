"""The filters beside the results: for each facet its most frequent values, with counts, and what is chosen."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from postportal.search.facets import Choice, facets, labels
from postportal.search.forms import SearchForm
from postportal.search.kinds import kinds
from postportal.search.query import without
from postportal.search.results import Results

SHOWN = 4


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    name: str
    label: str
    options: list[Option]


@dataclass(frozen=True)
class Active:
    """A filter in force, and the address of the search without it."""

    label: str
    address: str


def groups(results: Results, chosen: Mapping[str, list[str]]) -> list[Group]:
    """Every facet that has something to choose, with one query for the names of all values."""
    counts = results.found.counts
    top = {name: _top(counts.get(name, {}), also=results.choices.get(name, {})) for name in facets()}
    known = labels(top, at=results.at)
    made = [_group("type", _("Type"), _types(), counts["type"], chosen, shown=len(kinds()))]
    for name, facet in facets().items():
        choices = [known[name][pk] for pk in top[name] if pk in known.get(name, {})]
        values = [(choice.slug, choice.label, counts[name].get(choice.pk, 0)) for choice in choices]
        picked = {known[name][pk].slug for pk in results.choices.get(name, ()) if pk in known.get(name, {})}
        options = [Option(slug, label, count, slug in picked) for slug, label, count in values]
        made.append(Group(name, str(facet.label), options))
    years = [(str(year), str(year)) for year in sorted(counts["year"], reverse=True)]
    made.append(_group("year", _("Year"), years, counts["year"], chosen, shown=SHOWN, key=int))
    made.append(_group("language", _("Language"), settings.LANGUAGES, counts["language"], results.filters, shown=9))
    return [group for group in made if len(group.options) > 1 or any(option.is_chosen for option in group.options)]


def active(results: Results, form: SearchForm, *, address: Callable[[dict[str, Any]], str]) -> list[Active]:
    """Each filter in force, chosen or typed, with the address that leaves it out."""
    chosen = [(name, value) for name, values in form.chosen.items() for value in values]
    found = [Active(_label(pair, results), address(form.parameters(without=pair))) for pair in chosen]
    for name, value in form.query.filters:
        if (name, value) not in chosen:
            text = without(form.query.text, name=name, value=value)
            found.append(Active(_label((name, value), results), address({**form.parameters(), "q": text})))
    return found


def _label(pair: tuple[str, str], results: Results) -> str:
    name, value = pair
    if name == "before":
        return _("before %(day)s") % {"day": value}
    if name == "after":
        return _("from %(day)s on") % {"day": value}
    if name == "type" and value.casefold() in kinds():
        return str(kinds()[value.casefold()].label)
    if name == "language":
        return str(dict(settings.LANGUAGES).get(value, value))
    return _called(value, results.choices.get(name, {}).values())


def _called(value: str, choices: Iterable[Choice]) -> str:
    return next((choice.label for choice in choices if choice.slug == value), value)


def _types() -> list[tuple[str, Any]]:
    return [(name, kind.label) for name, kind in kinds().items()]


def _top(counts: Mapping[Any, int], *, also: Iterable[int]) -> list[int]:
    frequent = sorted(counts, key=lambda pk: (-counts[pk], pk))[:SHOWN]
    return list(dict.fromkeys([*frequent, *also]))


def _group(
    name: str,
    label: str,
    values: Iterable[tuple[str, Any]],
    counts: Mapping[Any, int],
    chosen: Mapping[str, list[str]],
    *,
    shown: int,
    key: Callable[[str], Any] = str,
) -> Group:
    picked = chosen.get(name, ())
    options = [Option(value, str(title), counts.get(key(value), 0), value in picked) for value, title in values]
    there = [option for option in options if option.count or option.is_chosen]
    return Group(name, label, there[:shown] + [option for option in there[shown:] if option.is_chosen])
