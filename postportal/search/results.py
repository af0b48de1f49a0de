"""The search itself: every word must stand in the title, the standfirst or the text.

It asks the tables as they are, so nothing can be found before its moment or after it is gone."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from functools import cached_property
from typing import Any

from django.db.models import Case, CharField, Count, F, IntegerField, Q, QuerySet, TextChoices, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from postportal.search.extracts import extract
from postportal.search.kinds import COLUMNS, Hit, Kind, kinds, nothing
from postportal.search.query import Query

NAME, TITLE, TEXT = range(3)
Rows = QuerySet[Any, Any]


class Order(TextChoices):
    RELEVANCE = "relevance", _("Most relevant")
    NEWEST = "newest", _("Newest first")
    OLDEST = "oldest", _("Oldest first")


def search(
    query: Query,
    *,
    at: dt.datetime,
    language: str = "",
    types: Collection[str] = (),
    order: str = Order.RELEVANCE,
) -> "Results":
    """Return what matches at the moment `at`: of all languages and types where none is named."""
    return Results(query, at=at, language=language, types=types, order=order)


class Results:
    """Hits, counted and loaded when they are asked for; made for Django's Paginator. The number of queries is the same
    for one hit and for fifty."""

    def __init__(self, query: Query, *, at: dt.datetime, language: str, types: Collection[str], order: str) -> None:
        self.query, self.at, self.language, self.order = query, at, language, order
        self.types = [name for name in kinds() if name in types]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many of each kind match, whichever types are chosen."""
        if not self.query.words:
            return dict.fromkeys(kinds(), 0)
        arms = [
            self._matching(kind).values(hit_kind=Value(kind.name, CharField())).annotate(hit_count=Count("pk"))
            for kind in kinds().values()
        ]
        found = {row["hit_kind"]: row["hit_count"] for row in _joined(arms)}
        return {name: found.get(name, 0) for name in kinds()}

    def count(self) -> int:
        return sum(self.counts[name] for name in self.types or kinds())

    def __getitem__(self, part: slice) -> list[Hit]:
        if not self.count():
            return []
        arms = [self._keys(kind) for name, kind in kinds().items() if not self.types or name in self.types]
        by_date = {Order.OLDEST: ["hit_date"], Order.NEWEST: ["-hit_date"]}.get(
            Order(self.order), ["hit_rank", "-hit_date"]
        )
        keys = _joined(arms).order_by(*by_date, "hit_kind", "-hit_pk")[part]
        return self._load([(row["hit_kind"], row["hit_pk"]) for row in keys])

    def _matching(self, kind: Kind) -> Rows:
        rows = kind.rows(self.at).order_by()
        if self.language and kind.has_language:
            rows = rows.filter(language=self.language)
        return rows.filter(*(kind.anywhere(word) for word in self.query.words))

    def _keys(self, kind: Kind) -> Rows:
        in_titles = Q()
        for word in self.query.words:
            in_titles &= kind.in_titles(word)
        is_name = in_titles if kind.is_name else kind.is_called(self.query.text)
        # What has no date stands at the end, whichever way the list runs.
        undated = Value(dt.date.max if self.order == Order.OLDEST else dt.date.min, COLUMNS["date"])
        keys: Rows = (
            self._matching(kind)
            .annotate(
                hit_kind=Value(kind.name, CharField()),
                hit_pk=F("pk"),
                hit_rank=Case(
                    When(is_name, then=NAME), When(in_titles, then=TITLE), default=TEXT, output_field=IntegerField()
                ),
                hit_date=Coalesce(F(kind.date), undated) if kind.date else undated,
            )
            .values("hit_kind", "hit_pk", "hit_rank", "hit_date")
        )
        return keys

    def _load(self, keys: list[tuple[str, int]]) -> list[Hit]:
        if not keys:
            return []
        pks = defaultdict(list)
        for name, pk in keys:
            pks[name].append(pk)
        arms = [_details(kinds()[name], pks=pks[name], at=self.at) for name in pks]
        hits = {(row["hit_kind"], row["hit_pk"]): self._hit(row) for row in _joined(arms)}
        for name in pks:
            kind = kinds()[name]
            kind.complete([hit for hit in hits.values() if hit.kind is kind], at=self.at)
        # A row may have gone since its key was read.
        return [hits[key] for key in keys if key in hits]

    def _hit(self, row: dict[str, Any]) -> Hit:
        columns = {name: row[f"hit_{name}"] for name in COLUMNS}
        kind = kinds()[row["hit_kind"]]
        return Hit(
            kind=kind,
            pk=row["hit_pk"],
            title=columns["title"],
            address=kind.address(columns),
            snippet=extract([columns["lead"], columns["body"]], words=self.query.words),
            notes=[columns["note"]] if columns["note"] else [],
            language=columns["language"] or "",
            external_id=columns["external_id"],
            date=columns["date"],
            published=columns["published"],
            image_id=columns["image"],
        )


def _details(kind: Kind, *, pks: list[int], at: dt.datetime) -> Rows:
    columns = kind.columns()
    details: Rows = (
        kind.rows(at)
        .order_by()
        .filter(pk__in=pks)
        .annotate(
            hit_kind=Value(kind.name, CharField()),
            hit_pk=F("pk"),
            **{f"hit_{name}": columns[name] if name in columns else nothing(name) for name in COLUMNS},
        )
        .values("hit_kind", "hit_pk", *(f"hit_{name}" for name in COLUMNS))
    )
    return details


def _joined(arms: list[Rows]) -> Rows:
    joined: Rows = arms[0].union(*arms[1:], all=True) if len(arms) > 1 else arms[0]
    return joined
