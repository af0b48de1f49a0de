"""Items that can be added to a release."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils.text import capfirst

from postportal.publishing.calendar.schedule import timed_models, with_required_relations
from postportal.publishing.models import Edition, Publishable
from postportal.publishing.models.edition import Stage
from postportal.staff.long_texts import long_text_columns
from postportal.staff.permissions import has_model_permission, viewable_models
from postportal.staff.row_limits import within_limits
from postportal.web.row_keys import is_row_key

# The newest of each model. Other items can be added from their own form.
MAX_RELEASE_CANDIDATES = 50


def candidates(user: Any, at: dt.datetime) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return (model name, [(value, name)]) of drafts, unpublished changes and rows that are not public yet. The number
    of queries depends only on the number of models."""
    found = []
    for model in viewable_models(user, timed_models()):
        if not (has_model_permission(user, "change", model) or has_model_permission(user, "publish", model)):
            continue
        rows = _unscheduled_items(model, user) if issubclass(model, Publishable) else _not_yet_public(model, at)
        if rows:
            found.append(
                (capfirst(str(model._meta.verbose_name_plural)), [(candidate_value(row), str(row)) for row in rows])
            )
    return found


def candidate_value(row: Any) -> str:
    return f"{row._meta.label_lower}:{row.pk}"


def row_from_value(value: str) -> Any:
    """Return the row with this value, or None."""
    label, _separator, key = value.partition(":")
    model: Any = {model._meta.label_lower: model for model in timed_models()}.get(label)
    return model._default_manager.filter(pk=key).first() if model and is_row_key(key) else None


def _unscheduled_items(model: Any, user: Any) -> list[Any]:
    editions = Edition.objects.of_model(model).filter(stage__in=[Stage.DRAFT, Stage.REVIEW], release__isnull=True)
    keys = list(editions.order_by("-pk").values_list("object_id", flat=True)[:MAX_RELEASE_CANDIDATES])
    open_to_user = within_limits(user, model._default_manager.all())
    rows = with_required_relations(open_to_user).defer(*long_text_columns(model)).in_bulk(keys)
    return [rows[key] for key in keys if key in rows]


def _not_yet_public(model: Any, at: dt.datetime) -> list[Any]:
    rows = model._default_manager.filter(Q(publish_at__isnull=True) | Q(publish_at__gt=at), release__isnull=True)
    return list(with_required_relations(rows).defer(*long_text_columns(model)).order_by("-pk")[:MAX_RELEASE_CANDIDATES])
