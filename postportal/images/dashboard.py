"""Work queue and quick search for pictures."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.images.list_filters import pictures_to_license
from postportal.images.models import Image
from postportal.images.public_uses import picture_fields
from postportal.publishing.calendar.schedule import with_required_relations
from postportal.staff import quick_search, work_queues
from postportal.staff.permissions import viewable_models
from postportal.staff.work_queues import LinkedItem


@work_queues.register_work_queue
class DecorativePicturesQueue(work_queues.QuerySetQueue):
    """Decorative pictures that are used as a lead picture, portrait or stamp. Such a picture usually shows something
    and should have alternative text."""

    name, order = "decorative", 70
    label, action_label = gettext_lazy("Pictures without alternative text"), gettext_lazy("Add alternative text")
    hint = gettext_lazy("Marked as decorative but used as a lead picture, portrait or stamp.")

    def models(self) -> Iterable[type[Model]]:
        return [Image]

    def querysets(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        is_used = Q(pk__in=[])
        for field in picture_fields():
            users = field.model._default_manager.filter(**{f"{field.name}__isnull": False})
            is_used |= Q(pk__in=users.values(field.name))
        pictures = Image.objects.newest_first().filter(is_used, is_decorative=True)
        return [pictures] if viewable_models(user, [Image]) else []

    def items(self, user: Any, at: dt.datetime) -> list[LinkedItem]:
        pictures = [row for rows in self.querysets(user, at) for row in rows[: work_queues.MAX_ITEMS]]
        places = _places(pictures, user)
        items = [self.to_item(picture) for picture in pictures]
        return [
            replace(item, detail="; ".join(places.get(picture.pk, [])))
            for item, picture in zip(items, pictures, strict=True)
        ]


@work_queues.register_work_queue
class EndingLicencesQueue(work_queues.QuerySetQueue):
    """Pictures in use whose licence has ended or ends soon."""

    name, order = "licences", 75
    label, action_label = gettext_lazy("Pictures whose licence ends"), gettext_lazy("Renew or replace")
    hint = gettext_lazy("Pictures in use whose licence has ended or ends within 30 days.")

    def models(self) -> Iterable[type[Model]]:
        return [Image]

    def querysets(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        return [pictures_to_license(timezone.localdate(at))] if viewable_models(user, [Image]) else []

    def to_item(self, row: Image) -> LinkedItem:
        day = date_format(row.licence_until) if row.licence_until else ""
        return replace(super().to_item(row), detail=_("licence until %(day)s") % {"day": day})


def _places(pictures: list[Image], user: Any) -> dict[int, list[str]]:
    """Return for each picture the rows that show it, in words. Rows the user may not view are left out."""
    places: dict[int, list[str]] = {}
    for field in picture_fields():
        model: Any = field.model
        if pictures and viewable_models(user, [model]):
            rows = model._default_manager.filter(**{f"{field.name}__in": pictures})
            # The name of a stamp includes the name of its issue.
            for row in with_required_relations(rows).order_by("pk"):
                place = _("%(field)s of “%(item)s”") % {"field": field.verbose_name, "item": row}
                places.setdefault(getattr(row, field.attname), []).append(place)
    return places


@quick_search.register_quick_search
class PictureQuickSearch(quick_search.QuickSearch):
    name, label, model, order = "image", gettext_lazy("Pictures"), Image, 70
    name_fields = ("folded_texts",)

    def detail(self, row: Image, at: dt.datetime) -> str:
        return row.alt or _("decorative")
