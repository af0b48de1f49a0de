"""Lists of the rows that refer to a row, shown when it cannot be deleted because it is in use."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.utils import quote
from django.db.models import PROTECT, RESTRICT, Field, ForeignObjectRel, Model, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MAX_NAMED = 10


def list_uses(rows: Sequence[Model], *, site: AdminSite, only_protected: bool = False) -> list[Any]:
    """Return what refers to the rows as a nested list for `unordered_list`: a count, then links to the newest rows.

    All rows must be of one model. With `only_protected`, leave out relations that do not prevent deletion."""
    lines: list[Any] = []
    if rows:
        for field in _referring_fields(type(rows[0]), only_protected=only_protected):
            found = field.model._default_manager.filter(**{f"{field.name}__in": rows}).order_by("-pk").distinct()
            place = _("as “%(field)s”") % {"field": getattr(field, "verbose_name", field.name)}
            lines.extend(describe_rows(found, place=place, site=site))
    return lines


def _referring_fields(model: type[Model], *, only_protected: bool) -> list[Field]:
    relations = [
        relation
        for relation in model._meta.get_fields(include_hidden=True)
        if isinstance(relation, ForeignObjectRel) and (relation.one_to_many or relation.one_to_one)
    ]
    return [
        relation.field
        for relation in relations
        if not only_protected or getattr(relation, "on_delete", None) in {PROTECT, RESTRICT}
    ]


def describe_rows(found: QuerySet[Any], *, place: Any, site: AdminSite) -> list[Any]:
    """Return a line such as “3 articles, as “lead picture”” and links to the first few rows, or nothing if there are no
    rows. `place` says how the rows use the item."""
    rows = list(found[: MAX_NAMED + 1])
    if not rows:
        return []
    count = len(rows) if len(rows) <= MAX_NAMED else found.count()
    names: list[Any] = [admin_link(row, site=site) for row in rows[:MAX_NAMED]]
    if count > MAX_NAMED:
        names.append(
            ngettext("and %(count)s more", "and %(count)s more", count - MAX_NAMED) % {"count": count - MAX_NAMED}
        )
    options = found.model._meta
    kind = options.verbose_name if count == 1 else options.verbose_name_plural
    return [_("%(count)s %(kind)s, %(place)s") % {"count": count, "kind": kind, "place": place}, names]


def admin_link(row: Model, *, site: AdminSite) -> SafeString | str:
    """Return a link to the admin form of the row, or only its name if it has no form."""
    options = row._meta
    name = str(row) or capfirst(str(options.verbose_name))
    try:
        url = reverse(f"{site.name}:{options.app_label}_{options.model_name}_change", args=[quote(row.pk)])
    except NoReverseMatch:
        return name
    return format_html('<a href="{}">{}</a>', url, name)
