"""Export of lists as CSV or Excel files, with the search, filters and order that are shown."""

import datetime as dt
import html
import io
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, lookup_field
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.web.csv_export import csv_response

MAX_ROWS = {"csv": 200_000, "xlsx": 20_000}
CHUNK_SIZE = 500
# Excel refuses longer cells, and files with control characters.
MAX_CELL_LENGTH = 32_000
_control_characters = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_line_break = re.compile(r"<br ?/?>")
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
    names = [name for name in changelist.list_display if name not in ("action_checkbox", "picture", "thumbnail")]
    header = [str(_("ID")), *(_column_label(name, model_admin) for name in names)]
    name = f"{model_admin.opts.model_name}-{timezone.localtime():%Y%m%d-%H%M%S}.{file_format}"
    lines = _lines(rows, names, changelist=changelist, language=translation.get_language())
    if file_format == "csv":
        return csv_response(lines, name=name, columns=header)
    return _xlsx_response(lines, name=name, header=header)


def _chosen_rows(request: HttpRequest, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    keys = request.POST.getlist(ACTION_CHECKBOX_NAME)
    # "Select all" on the page of the list means all pages.
    return rows if not keys or request.POST.get("select_across") == "1" else rows.filter(pk__in=keys)


def _lines(
    rows: models.QuerySet[Any], names: list[str], *, changelist: Any, language: str | None
) -> Iterator[tuple[Any, ...]]:
    """Yield the cells of each row. They are sent after the view, when the language of the request is no longer set."""
    iterator = rows.iterator(chunk_size=CHUNK_SIZE)
    while chunk := list(islice(iterator, CHUNK_SIZE)):
        with translation.override(language):
            changelist.load_for_rows(chunk)
            cells = [(row.pk, *(_cell(name, row, changelist.model_admin) for name in names)) for row in chunk]
        yield from cells


def _column_label(name: str, model_admin: Any) -> str:
    return capfirst(str(label_for_field(name, model_admin.model, model_admin=model_admin)))


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
        return timezone.localtime(value).isoformat(sep=" ", timespec="minutes")[:16]
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, SafeString):
        return " ".join(html.unescape(strip_tags(_line_break.sub(", ", value))).split())
    return str(value)


def _xlsx_response(lines: Iterable[tuple[Any, ...]], *, name: str, header: list[str]) -> HttpResponse:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    sheet.freeze_panes = "A2"
    for line in chain([header], lines):
        sheet.append([_text_cell(sheet, value) for value in line])
    file = io.BytesIO()
    workbook.save(file)
    response = HttpResponse(file.getvalue(), content_type=XLSX_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _text_cell(sheet: Any, value: Any) -> WriteOnlyCell:
    if isinstance(value, int):
        return WriteOnlyCell(sheet, value=value)
    cell = WriteOnlyCell(sheet, value=_control_characters.sub("", str(value))[:MAX_CELL_LENGTH])
    # Whatever it begins with: a text is no formula, and +86 10 11185 stays a telephone number.
    cell.data_type = "s"
    return cell
