"""Where a text has the number of a hotline written in it: there a change of the hotline arrives only by hand."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.utils.translation import gettext as _

from postportal.richtext.usage import find_rows_containing
from postportal.staff.deletion import describe_rows
from services.models import Hotline

MIN_NUMBER_LENGTH = 5


def texts_with_numbers(hotline: Hotline) -> list[Any]:
    """For each kind of item, those whose texts have a number of the hotline written in them, or lead to it."""
    numbers = list(hotline.numbers.all())
    written = {f'href="{number.href}"' for number in numbers}
    # Three or four digits stand in many texts that speak of something else.
    written |= {str(number) for number in numbers if len(str(number)) >= MIN_NUMBER_LENGTH}
    written |= {f'#{hotline.slug}"'}
    return [rows for rows in find_rows_containing(sorted(written)) if rows.exists()]


def format_items(found: list[Any], *, request: HttpRequest, site: AdminSite) -> list[Any]:
    """As a nested list for `unordered_list`. Of what somebody may not see only the number is told."""
    lines: list[Any] = []
    for rows in found:
        options = rows.model._meta
        if request.user.has_perm(f"{options.app_label}.view_{options.model_name}"):
            lines.extend(describe_rows(rows, place=_("in the text"), site=site))
        else:
            count = rows.count()
            kind = options.verbose_name if count == 1 else options.verbose_name_plural
            lines.append(_("%(count)s %(kind)s, %(place)s") % {"count": count, "kind": kind, "place": _("in the text")})
    return lines
