"""Where a text has the number of a hotline written in it: there a change of the hotline arrives only by hand."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.utils.translation import gettext as _

from postportal.richtext.usage import rows_containing
from postportal.staff.deletion import described
from services.models import Hotline

SHORTEST_ALONE = 5


def texts_with(hotline: Hotline) -> list[Any]:
    """For each kind of item, those whose texts have a number of the hotline written in them, or lead to it."""
    numbers = list(hotline.numbers.all())
    written = {f'href="{number.href}"' for number in numbers}
    # Three or four digits stand in many texts that speak of something else.
    written |= {str(number) for number in numbers if len(str(number)) >= SHORTEST_ALONE}
    written |= {f'#{hotline.slug}"'}
    return [rows for rows in rows_containing(sorted(written)) if rows.exists()]


def named(found: list[Any], *, request: HttpRequest, site: AdminSite) -> list[Any]:
    """As a nested list for `unordered_list`. Of what somebody may not see only the number is told."""
    lines: list[Any] = []
    for rows in found:
        options = rows.model._meta
        if request.user.has_perm(f"{options.app_label}.view_{options.model_name}"):
            lines.extend(described(rows, place=_("in the text"), site=site))
        else:
            count = rows.count()
            kind = options.verbose_name if count == 1 else options.verbose_name_plural
            lines.append(_("%(count)s %(kind)s, %(place)s") % {"count": count, "kind": kind, "place": _("in the text")})
    return lines
