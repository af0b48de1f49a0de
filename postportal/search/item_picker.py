"""Search for items of any kind, public or not, for staff to choose from."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from postportal.search import index
from postportal.search.backends.interface import BackendQuery
from postportal.search.documents import DocumentKey
from postportal.search.kinds import empty_value, kinds
from postportal.search.query import parse
from postportal.search.traits import find_traits

MAX_ITEMS = 20


def find_items(text: str, *, at: dt.datetime) -> dict[DocumentKey, str]:
    """Return the labels of the items that a search for the text finds, by key, best match first."""
    query = parse(text)
    names = frozenset(name for name, kind in kinds().items() if kind.is_known_by_name)
    backend_query = BackendQuery(
        terms=query.terms,
        traits=find_traits(query.word_terms),
        title_terms=query.title_terms,
        kinds=frozenset(kinds()),
        name_kinds=names,
        at=at,
    )
    keys = index.backend.search(backend_query, hidden={}).keys(0, MAX_ITEMS) if query.terms else []
    labels = item_labels(keys, at=at)
    return {key: labels[key] for key in keys if key in labels}


def item_labels(keys: Collection[DocumentKey], *, at: dt.datetime) -> dict[DocumentKey, str]:
    """Return a label for each of the rows that exist: title, type, date, and a note if it is not public."""
    pks = defaultdict(list)
    for key in keys:
        pks[key.kind].append(key.pk)
    found = {}
    for name, kind in kinds().items():
        if name not in pks:
            continue
        columns = kind.columns()
        rows = kind.model._default_manager.filter(pk__in=pks[name])
        public = set(kind.rows(at).filter(pk__in=pks[name]).values_list("pk", flat=True))
        for pk, title, day in rows.values_list("pk", columns["title"], columns.get("date", empty_value("date"))):
            facts = [
                str(kind.label_singular),
                *([date_format(day)] if day else []),
                *([_("not public")] if pk not in public else []),
            ]
            found[kind.key(pk)] = f"{title} – {', '.join(facts)}"
    return found
