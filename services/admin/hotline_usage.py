"""Texts that contain the number of a hotline and have to be edited by hand when it changes."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.utils.translation import gettext as _

from postportal.pages.models import MenuItem
from postportal.richtext.handlers import rich_text_fields
from postportal.richtext.references import reference_to, without_references
from postportal.richtext.usage import find_rows_containing
from postportal.staff.deletion import describe_rows
from services.models import Hotline

MIN_NUMBER_LENGTH = 5


def texts_with_numbers(hotline: Hotline) -> list[Any]:
    """Return one queryset for each kind of item whose texts contain a number of the hotline, typed by hand, or link to
    it."""
    numbers = list(hotline.numbers.all())
    patterns = {f'href="{number.href}"' for number in numbers}
    # Three or four digits appear in many texts about something else.
    patterns |= {str(number) for number in numbers if len(str(number)) >= MIN_NUMBER_LENGTH}
    patterns |= {f'#{hotline.slug}"', f'#{quote(hotline.slug)}"'}
    return _only(find_rows_containing(sorted(patterns)), lambda text: any(each in text for each in patterns))


def texts_with_references(hotline: Hotline) -> list[Any]:
    """Return one queryset for each kind of item that shows the number of the day: texts and menu items."""
    menu_items = MenuItem.objects.filter(address=reference_to(hotline.pk)).order_by("pk")
    found = [*find_rows_containing([f'href="{reference_to(hotline.pk)}"']), menu_items]
    return [rows for rows in found if rows.exists()]


def _only(querysets: list[Any], is_found: Callable[[str], bool]) -> list[Any]:
    """Return the rows in whose texts something is found outside of references."""
    found = []
    for rows in querysets:
        names = rich_text_fields(rows.model)
        texts = rows.values_list("pk", *names)
        pks = [pk for pk, *values in texts if any(is_found(without_references(value)) for value in values)]
        if pks:
            found.append(rows.model._default_manager.filter(pk__in=pks).order_by("-pk"))
    return found


def format_items(querysets: list[Any], *, request: HttpRequest, site: AdminSite) -> list[Any]:
    """Return a nested list for `unordered_list`. Items that the user may not view are only counted."""
    lines: list[Any] = []
    for rows in querysets:
        options = rows.model._meta
        if request.user.has_perm(f"{options.app_label}.view_{options.model_name}"):
            lines.extend(describe_rows(rows, place=_("in text"), site=site))
        else:
            count = rows.count()
            kind = options.verbose_name if count == 1 else options.verbose_name_plural
            lines.append(_("%(count)s %(kind)s, %(place)s") % {"count": count, "kind": kind, "place": _("in text")})
    return lines
