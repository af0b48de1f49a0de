"""Work queue of the telephone numbers in public texts that no hotline has."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.publishing.models import PubliclyTimed
from postportal.richtext.handlers import rich_text_fields
from postportal.staff import work_queues
from postportal.staff.permissions import change_url, viewable_models
from postportal.staff.work_queues import LinkedItem, kind_name
from services.models import Hotline, HotlineNumber, TextNumber
from services.models.number_dates import numbers_on
from services.models.number_dates_in_words import announcement, replacement


class StrayNumbers(work_queues.QuerySetQueue):
    name, order = "stray-numbers", 91
    label, action_label = gettext_lazy("Telephone numbers in texts"), gettext_lazy("Correct")
    hint = gettext_lazy("Numbers in published texts that no hotline has today. Put a hotline in their place.")

    def models(self) -> Iterable[type[Model]]:
        return [model for model in apps.get_models() if rich_text_fields(model)]

    def querysets(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        """Return one queryset for each kind of text that the user may view: the numbers of those that are public."""
        stray = TextNumber.objects.stray(timezone.localdate(at)).order_by("object_id", "number")
        return [
            stray.filter(Exists(_public_rows(model, at).filter(pk=OuterRef("object_id"))), content_type=content_type)
            for model, content_type in ContentType.objects.get_for_models(*viewable_models(user, self.models())).items()
        ]

    def items(self, user: Any, at: dt.datetime) -> list[LinkedItem]:
        found = [row for rows in self.querysets(user, at) for row in rows[: work_queues.MAX_ITEMS]]
        found = found[: work_queues.MAX_ITEMS]
        texts, notes = _load_texts(found), _notes({row.number for row in found}, timezone.localdate(at))
        pairs = [(row, texts.get((row.content_type_id, row.object_id))) for row in found]
        return [_to_item(row, text, notes.get(row.number, "")) for row, text in pairs if text is not None]


def _public_rows(model: Any, at: dt.datetime) -> QuerySet[Any]:
    rows: QuerySet[Any] = model._default_manager.all()
    return model._default_manager.published(at) if issubclass(model, PubliclyTimed) else rows


def _load_texts(found: Iterable[TextNumber]) -> dict[tuple[int, int], Model]:
    """Return the items of these numbers by content type and key, with one query for each kind."""
    keys: dict[int, set[int]] = defaultdict(set)
    for row in found:
        keys[row.content_type_id].add(row.object_id)
    texts: dict[tuple[int, int], Model] = {}
    for content_type, pks in keys.items():
        model: Any = ContentType.objects.get_for_id(content_type).model_class()
        rows = model._default_manager.defer(*rich_text_fields(model)).in_bulk(pks)
        texts |= {(content_type, pk): row for pk, row in rows.items()}
    return texts


def _notes(numbers: set[str], day: dt.date) -> dict[str, str]:
    """Return by number what has become of those that a hotline has had or will have."""
    known = HotlineNumber.objects.filter(Q(e164__in=numbers) | Q(short_code__in=numbers))
    notes: dict[str, str] = {}
    for hotline in Hotline.objects.filter(pk__in=known.values("hotline")).prefetch_related("numbers"):
        of_day = numbers_on(day, hotline.numbers.all())
        sentences = [(each, announcement(each)) for each in of_day.announced]
        sentences += [(each, replacement(each)) for each in of_day.ended]
        notes |= {each.number.e164 or each.number.short_code: f"{hotline}: {text}" for each, text in sentences}
    return notes


def _to_item(row: TextNumber, text: Model, note: str) -> LinkedItem:
    detail = note or _("%(number)s is not a number of a hotline") % {"number": row.as_written}
    return LinkedItem(text=str(text), url=change_url(text), kind=kind_name(text), detail=detail)
