"""Pictures that readers may see: those that something public shows.

A row shows a picture with a foreign key or in a rich text. All such columns are found by code, and the visibility rule
decides about the rows when the picture is requested, so nothing has to be updated when an embargo ends.
"""

import datetime as dt
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.db import models
from django.db.models import Case, DateTimeField, F, ForeignKey, ForeignObjectRel, Model, QuerySet, Value, When
from django.db.models.functions import Coalesce, Concat, Least, NullIf
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from postportal.images.models import Image, ImageFile
from postportal.publishing.models import PubliclyTimed, pictures_visibility, visibility
from postportal.richtext.handlers import rich_text_fields
from postportal.richtext.models import TextPicture
from postportal.web.compiled_query import CompiledQuery
from postportal.web.media_names import EXTENSIONS

# Models whose rows have no times of their own: they are public while something public uses them.
_used_rows: dict[type[Model], Callable[[dt.datetime], QuerySet[Any]]] = {}
# Later than all ends.
_NEVER = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)


class PublicUse(NamedTuple):
    """Something public that shows a picture. `expire_at` is None if no end is known."""

    expire_at: dt.datetime | None


def find_public_use(stem: str, *, at: dt.datetime) -> PublicUse | None:
    """Return one use of the picture with this stem (`postportal.web.media_names`) that is public at `at`, or None. One
    query, which takes as long for a hidden picture as for one that does not exist."""
    for (expire_at,) in _use_query.rows(at, stem, timezone.localtime(at).date()):
        # SQLite returns a text in UTC.
        value = parse_datetime(expire_at) if isinstance(expire_at, str) else expire_at
        return PublicUse(timezone.make_aware(value, dt.UTC) if value and timezone.is_naive(value) else value)
    return None


def picture_fields() -> list[ForeignKey]:
    """Return all foreign keys to pictures, for example of lead pictures, portraits and stamps."""
    return [
        relation.field
        # Most of them have no reverse name, so they are hidden.
        for relation in Image._meta.get_fields(include_hidden=True)
        if isinstance(relation, ForeignObjectRel)
        and isinstance(relation.field, ForeignKey)
        # The files of a picture show nothing.
        and relation.field.model is not ImageFile
    ]


def check_public_uses(**kwargs: Any) -> list[CheckMessage]:
    """Refuse to start with a model whose pictures nobody would ever see."""
    return [
        Error(
            f"{model._meta.label} has pictures, and no rule says when they are public.",
            hint="Make it PubliclyTimed, delete it with a row that is, or set is_always_public = True.",
            id="portal.E002",
        )
        for model in _models_with_pictures()
        if not is_ever_public(model)
    ]


def register_used_rows(model: type[Model], rows: Callable[[dt.datetime], QuerySet[Any]]) -> None:
    """Let rows of the model show pictures while something public uses them: `rows` returns those at a time, without
    deriving anything from the time outside the database."""
    _used_rows[model] = rows


def is_ever_public(model: type[Model]) -> bool:
    return bool(timed_parents(model)) or model in _used_rows or getattr(model, "is_always_public", False)


@cache
def _models_with_pictures() -> list[type[Model]]:
    linked = {field.model for field in picture_fields()}
    return [model for model in apps.get_models(include_auto_created=True) if model in linked or rich_text_fields(model)]


def timed_parents(model: type[Model]) -> dict[str, type[PubliclyTimed]]:
    """Return the rows that a row of the model is public with, each with the prefix of its columns: itself, or those it
    is deleted with and those its model names in `public_with`. A stamp is public with its issue, that of a partner with
    its issue and the partner."""
    if issubclass(model, PubliclyTimed):
        return {"": model}
    keys = [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey) and not field.null]
    return {
        f"{key.name}__": key.related_model
        for key in keys
        if issubclass(key.related_model, PubliclyTimed)
        and (key.remote_field.on_delete is models.CASCADE or key.name in getattr(model, "public_with", ()))
    }


def public_rows(model: type[Model], at: dt.datetime, day: dt.date) -> QuerySet[Any, Any]:
    """Return one column with the end of each public row, null if there is none. Of rows that are public by their use it
    is now: nothing is known about their end."""
    rows: Any
    if used := _used_rows.get(model):
        rows = used(at).order_by().annotate(public_until=Value(at, DateTimeField()))
        now: QuerySet[Any, Any] = rows.values_list("public_until")
        return now
    parents = timed_parents(model)
    rows = model._base_manager.order_by()
    for n, (prefix, parent) in enumerate(parents.items()):
        # As a case, so that no index of states and times serves it: SQLite would read all public rows.
        is_public = visibility(parent, at, prefix=prefix) & pictures_visibility(parent, day, prefix=prefix)
        rule = When(is_public, then=Value(1))
        rows = rows.alias(**{f"is_public_{n}": Case(rule, default=Value(0))}).filter(**{f"is_public_{n}": 1})
    ends: QuerySet[Any, Any] = rows.annotate(public_until=_first_end(list(parents))).values_list("public_until")
    return ends


def _first_end(prefixes: list[str]) -> Any:
    """Return the first of the ends of the parents as an expression, which is null if none of them ends."""
    ends = [F(f"{prefix}expire_at") for prefix in prefixes]
    if len(ends) < 2:
        return ends[0] if ends else Value(None, DateTimeField())
    never = Value(_NEVER, DateTimeField())
    return NullIf(Least(*(Coalesce(end, never) for end in ends)), never)


def count_public_uses(image: Image, *, at: dt.datetime) -> int:
    """Return in how many places readers see the picture at `at`. One query."""
    parts = _uses(at, image.stem, timezone.localtime(at).date())
    return parts[0].union(*parts[1:], all=True).order_by().count()


def _build_query(at: dt.datetime, stem: str, day: dt.date) -> QuerySet[Any, Any]:
    parts = _uses(at, stem, day)
    # The union would have the order of the first model, whose columns are not in it.
    return parts[0].union(*parts[1:], all=True).order_by()[:1]


def _uses(at: dt.datetime, stem: str, day: dt.date) -> list[QuerySet[Any, Any]]:
    """Return for each column with pictures the public rows that show the picture."""
    files = [Concat(Value(stem), Value(f".{extension}")) for extension in EXTENSIONS]
    parts = [
        public_rows(field.model, at, day).filter(**{f"{field.name}__file__in": files})
        for field in picture_fields()
        if is_ever_public(field.model)
    ]
    for model in _models_with_pictures():
        if rich_text_fields(model) and is_ever_public(model):
            texts = TextPicture.objects.filter(
                stem=stem, content_type__app_label=model._meta.app_label, content_type__model=model._meta.model_name
            )
            parts.append(public_rows(model, at, day).filter(pk__in=texts.values("object_id")))
    return parts


_use_query = CompiledQuery(_build_query, takes=(dt.datetime, str, dt.date))
