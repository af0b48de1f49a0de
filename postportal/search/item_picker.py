"""Rows of any kind for staff to choose from, public or not."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from postportal.search import index
from postportal.search.backends.interface import Question
from postportal.search.documents import Key
from postportal.search.kinds import kinds, nothing
from postportal.search.query import parse

MOST = 20


def rows_like(typed: str, *, at: dt.datetime) -> dict[Key, str]:
    """Return what a search for the words finds, the best first, by what it is called."""
    query = parse(typed)
    names = frozenset(name for name, kind in kinds().items() if kind.is_name)
    question = Question(terms=query.terms, title=query.title, kinds=frozenset(kinds()), names=names, at=at)
    keys = index.engine.search(question, hidden={}).keys(0, MOST) if query.terms else []
    called = labels(keys, at=at)
    return {key: called[key] for key in keys if key in called}


def labels(keys: Collection[Key], *, at: dt.datetime) -> dict[Key, str]:
    """What the rows are called that are there: title, kind, date, and whether readers cannot see them."""
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
        for pk, title, day in rows.values_list("pk", columns["title"], columns.get("date", nothing("date"))):
            facts = [
                str(kind.label_of_one),
                *([date_format(day, "j F Y")] if day else []),
                *([_("readers cannot see it")] if pk not in public else []),
            ]
            found[kind.key(pk)] = f"{title} – {', '.join(facts)}"
    return found
