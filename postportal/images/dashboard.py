"""What pictures put on the staff home, and what the staff side finds of them."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import ForeignKey, ForeignObjectRel, Model, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.images.models import Image
from postportal.publishing.calendar.schedule import with_required_relations
from postportal.staff import quick_search, work_queues
from postportal.staff.permissions import viewable_models
from postportal.staff.work_queues import LinkedItem


def picture_fields() -> list[ForeignKey]:
    """Every column that shows a picture in a place of its own: lead pictures, portraits, stamps."""
    return [
        relation.field
        # Few of them have a name to come back by.
        for relation in Image._meta.get_fields(include_hidden=True)
        if isinstance(relation, ForeignObjectRel) and isinstance(relation.field, ForeignKey)
    ]


@work_queues.register_work_queue
class DecorativePicturesQueue(work_queues.QuerySetQueue):
    """No picture can be without a text unless somebody said that it needs none. Said of a picture in a place of its
    own, that is worth a second look."""

    name, order = "decorative", 70
    label, action_label = gettext_lazy("Pictures shown without alternative text"), gettext_lazy("Describe the picture")
    hint = gettext_lazy("Marked as decorative, yet shown as lead picture, portrait or stamp.")

    def models(self) -> Iterable[type[Model]]:
        return [Image]

    def querysets(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        used = Q(pk__in=[])
        for field in picture_fields():
            shown = field.model._default_manager.filter(**{f"{field.name}__isnull": False})
            used |= Q(pk__in=shown.values(field.name))
        found = Image.objects.newest_first().filter(used, is_decorative=True)
        return [found] if viewable_models(user, [Image]) else []

    def items(self, user: Any, at: dt.datetime) -> list[LinkedItem]:
        pictures = [row for rows in self.querysets(user, at) for row in rows[: work_queues.MAX_ITEMS]]
        places = _places(pictures, user)
        return [self._entry(picture, places.get(picture.pk, [])) for picture in pictures]

    def _entry(self, picture: Image, places: list[str]) -> LinkedItem:
        entry = self.to_item(picture)
        return LinkedItem(text=entry.text, url=entry.url, kind=entry.kind, detail="; ".join(places))


def _places(pictures: list[Image], user: Any) -> dict[int, list[str]]:
    """Where each picture is shown, as far as the user may look."""
    found: dict[int, list[str]] = {}
    for field in picture_fields():
        model: Any = field.model
        if pictures and viewable_models(user, [model]):
            shown = model._default_manager.filter(**{f"{field.name}__in": pictures})
            # A stamp is named with its issue.
            for row in with_required_relations(shown).order_by("pk"):
                place = _("%(field)s of “%(item)s”") % {"field": field.verbose_name, "item": row}
                found.setdefault(getattr(row, field.attname), []).append(place)
    return found


@quick_search.register_quick_search
class PictureQuickSearch(quick_search.QuickSearch):
    name, label, model, order = "image", gettext_lazy("Pictures"), Image, 70
    name_fields = ("title", "alt")

    def detail(self, row: Image, at: dt.datetime) -> str:
        return row.alt or _("decorative")
