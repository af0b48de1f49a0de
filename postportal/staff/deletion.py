"""Deleting what others hang on is refused, with the list of what uses it."""

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
    """What refers to the rows, as a nested list for `unordered_list`: a count in words, then the first few by name."""
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
    """“3 articles (as “lead picture”)” and the first few by name; nothing where nothing is found."""
    first = list(found[: MAX_NAMED + 1])
    if not first:
        return []
    count = len(first) if len(first) <= MAX_NAMED else found.count()
    names: list[Any] = [admin_link(row, site=site) for row in first[:MAX_NAMED]]
    if count > MAX_NAMED:
        names.append(
            ngettext("and %(count)s more", "and %(count)s more", count - MAX_NAMED) % {"count": count - MAX_NAMED}
        )
    options = found.model._meta
    kind = options.verbose_name if count == 1 else options.verbose_name_plural
    return [_("%(count)s %(kind)s, %(place)s") % {"count": count, "kind": kind, "place": place}, names]


def admin_link(row: Model, *, site: AdminSite) -> SafeString | str:
    """The row by name, leading to its form where it has one."""
    options = row._meta
    name = str(row) or capfirst(str(options.verbose_name))
    try:
        address = reverse(f"{site.name}:{options.app_label}_{options.model_name}_change", args=[quote(row.pk)])
    except NoReverseMatch:
        return name
    return format_html('<a href="{}">{}</a>', address, name)
