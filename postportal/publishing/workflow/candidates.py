"""What somebody can put into a release."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils.text import capfirst

from postportal.publishing.calendar.schedule import long_texts, timed_models, with_required
from postportal.publishing.models import Edition, Publishable
from postportal.publishing.models.edition import Stage
from postportal.staff.permissions import may, viewable

# Of each kind, the newest. Everything else is put in from its own form.
SHOWN = 50


def candidates(user: Any, at: dt.datetime) -> list[tuple[str, list[tuple[str, str]]]]:
    """Kinds with (value, name) of their rows: drafts, corrections, and what is not public yet. The number of queries
    depends on how many kinds of rows there are, and on nothing else."""
    found = []
    for model in viewable(user, timed_models()):
        if not (may(user, "change", model) or may(user, "publish", model)):
            continue
        rows = _waiting(model) if issubclass(model, Publishable) else _hidden(model, at)
        if rows:
            found.append((capfirst(str(model._meta.verbose_name_plural)), [(value_of(row), str(row)) for row in rows]))
    return found


def value_of(row: Any) -> str:
    return f"{row._meta.label_lower}:{row.pk}"


def chosen(value: str) -> Any:
    """The row that the value names; None where it names none."""
    label, _separator, key = value.partition(":")
    model: Any = {model._meta.label_lower: model for model in timed_models()}.get(label)
    is_key = key.isascii() and key.isdigit() and len(key) <= 18
    return model._default_manager.filter(pk=key).first() if model and is_key else None


def _waiting(model: Any) -> list[Any]:
    editions = Edition.objects.of_model(model).filter(stage__in=[Stage.DRAFT, Stage.REVIEW], release__isnull=True)
    keys = list(editions.order_by("-pk").values_list("object_id", flat=True)[:SHOWN])
    rows = with_required(model._default_manager.all()).defer(*long_texts(model)).in_bulk(keys)
    return [rows[key] for key in keys if key in rows]


def _hidden(model: Any, at: dt.datetime) -> list[Any]:
    rows = model._default_manager.filter(Q(publish_at__isnull=True) | Q(publish_at__gt=at), release__isnull=True)
    return list(with_required(rows).defer(*long_texts(model)).order_by("-pk")[:SHOWN])
