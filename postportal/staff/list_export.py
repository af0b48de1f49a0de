"""Export of lists as CSV or Excel files, with the search, filters and order that are shown."""

import datetime as dt
import html
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, lookup_field
from django.core.exceptions import FieldDoesNotExist, PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.web.csv_export import csv_response
from postportal.web.personal_zone import in_personal_zone, use_zone

MAX_ROWS = {"csv": 200_000, "xlsx": 20_000}
CHUNK_SIZE = 500
_line_break = re.compile(r"<br ?/?>")
# Columns without a text.
NOT_EXPORTED = {"action_checkbox", "moves", "picture", "thumbnail"}


def may_export(model_admin: Any, request: HttpRequest) -> bool:
    """Return True if the user may export the list: whoever may view it, and for data of readers whoever may delete
    them."""
    is_allowed = model_admin.has_export and model_admin.has_view_permission(request)
    return is_allowed and (not model_admin.has_personal_data or model_admin.has_delete_permission(request))


@require_POST
def export_view(request: HttpRequest, model_admin: Any, file_format: str) -> HttpResponseBase:
    """Return the file of the rows that are ticked, or of all that the search and the filters keep. It is logged."""
    if file_format not in MAX_ROWS or not may_export(model_admin, request):
        raise PermissionDenied
    back = HttpResponseRedirect(f"{model_admin.changelist_url()}?{request.GET.urlencode()}")
    try:
        changelist = model_admin.get_changelist_instance(request)
        rows = _chosen_rows(request, changelist.get_queryset(request))
        count = rows.count()
    except (IncorrectLookupParameters, ValidationError, ValueError, OverflowError):
        model_admin.message_user(request, _("The filter is not valid. Nothing was exported."), messages.ERROR)
        return HttpResponseRedirect(model_admin.changelist_url())
    if count > MAX_ROWS[file_format]:
        values = {"count": f"{count:,}", "limit": f"{MAX_ROWS[file_format]:,}"}
        text = _("%(count)s rows are too many for this file. Filter the list to %(limit)s rows or fewer.") % values
        model_admin.message_user(request, text, messages.ERROR)
        return back
    filters = request.GET.urlencode() or "no filters"
    log_action(Action.EXPORT, item=model_admin.model, detail=f"{count} rows as {file_format}, {filters}")
    names = [name for name in changelist.list_display if name not in NOT_EXPORTED]
    header = [str(_("ID")), *(_column_label(name, changelist) for name in names)]
    name = f"{model_admin.opts.model_name}-{in_personal_zone(timezone.now()):%Y%m%d-%H%M%S}.{file_format}"
    lines = _lines(rows, names, changelist=changelist, language=translation.get_language(), zone=str(changelist.zone))
    if file_format == "csv":
        return csv_response(lines, name=name, columns=header)
    # Loaded when it is needed: what reads and writes sheets takes a fifth of a start.
    from postportal.staff.list_sheet import xlsx_response

    return xlsx_response(lines, name=name, header=header)


def _chosen_rows(request: HttpRequest, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    keys = request.POST.getlist(ACTION_CHECKBOX_NAME)
    # "Select all" on the page of the list means all pages.
    return rows if not keys or request.POST.get("select_across") == "1" else rows.filter(pk__in=keys)


def _lines(
    rows: models.QuerySet[Any], names: list[str], *, changelist: Any, language: str | None, zone: str
) -> Iterator[tuple[Any, ...]]:
    """Yield the cells of each row. They are sent after the view, when language and time zone of the request are no
    longer set."""
    iterator = rows.iterator(chunk_size=CHUNK_SIZE)
    while chunk := list(islice(iterator, CHUNK_SIZE)):
        with translation.override(language), use_zone(zone):
            changelist.load_for_rows(chunk)
            cells = [(row.pk, *(_cell(name, row, changelist.model_admin) for name in names)) for row in chunk]
        yield from cells


def _column_label(name: str, changelist: Any) -> str:
    """Return the heading of a column; where it shows times, with their zone."""
    label = capfirst(str(label_for_field(name, changelist.model, model_admin=changelist.model_admin)))
    is_of_times = isinstance(_sorted_field(name, changelist), models.DateTimeField)
    return f"{label} ({changelist.zone})" if is_of_times else label


def _sorted_field(name: str, changelist: Any) -> Any:
    """Return the column of the table behind a column of the list, None if there is none."""
    try:
        return changelist.lookup_opts.get_field(changelist.get_ordering_field(name) or "")
    except FieldDoesNotExist:
        return None


def _cell(name: str, row: Any, model_admin: Any) -> str:
    """Return what the list shows in one cell, as plain text."""
    field, _attribute, value = lookup_field(name, row, model_admin)
    if value is None or value == "":
        return ""
    if field is not None and getattr(field, "flatchoices", None):
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dt.datetime):
        return in_personal_zone(value).isoformat(sep=" ", timespec="minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, SafeString):
        return " ".join(html.unescape(strip_tags(_line_break.sub(", ", value))).split())
    # Without the no-break spaces of what is shown.
    return str(value).replace("\u00a0", " ")
