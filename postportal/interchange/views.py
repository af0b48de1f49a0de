"""Staff pages that export and import a register: the choice, the report, and the confirmation."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from postportal.interchange.exporting import FORMATS, export
from postportal.interchange.file_rows import FileRecord
from postportal.interchange.importing import StaleReportError, apply, dry_run
from postportal.interchange.limits import (
    MAX_BYTES,
    MAX_REQUEST_ROWS,
    MAX_REQUEST_WRITES,
    MAX_SHOWN,
    FileError,
    TooManyWritesError,
)
from postportal.interchange.long_imports import start
from postportal.interchange.models import LongImport, RegisterFile
from postportal.interchange.reading import read_file
from postportal.interchange.register_pages import list_url, register_or_404, register_page, title_of
from postportal.interchange.registers import Register, register_of
from postportal.interchange.report import Report, Result
from postportal.interchange.rights import can_export, can_import, write_rule
from postportal.staff.list_links import ListLink

# Of long imports, which are forgotten after a day.
MAX_LISTED = 5


class ExportForm(forms.Form):
    file_format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=[(name, each.label) for name, each in FORMATS.items()],
        initial="xlsx",
        widget=forms.RadioSelect,
    )


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("XLSX, CSV, ZIP with CSV files, or JSON, with the columns of an export."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(_("The file is larger than %(size)s MB. Split it.") % {"size": MAX_BYTES // 1024**2})
        return file


def exchange_link(request: HttpRequest, model: Any) -> ListLink | None:
    """Return the link above the list of a register."""
    register = register_of(model)
    if register is None or not (can_export(request.user, register) or can_import(request.user, register)):
        return None
    query = request.GET.urlencode()
    url = reverse("admin:register", args=[register.name])
    return ListLink(gettext_lazy("Export or import"), f"{url}?{query}" if query else url)


@require_safe
def exchange_view(request: HttpRequest, name: str) -> HttpResponse:
    """Show the forms that export and import a register."""
    register = register_or_404(request, name)
    return _show(request, register, upload=UploadForm())


@require_POST
def export_view(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send the rows of the list with its filters, as a file."""
    register = register_or_404(request, name)
    if not can_export(request.user, register):
        raise PermissionDenied
    form = ExportForm(request.POST)
    if not form.is_valid():
        return _show(request, register, upload=UploadForm(), export_form=form, status=422)
    rows, filters = _filtered(request, register)
    file_format = form.cleaned_data["file_format"]
    try:
        file = export(register, rows, file_format=file_format, user=request.user, filters=filters)
    except FileError as error:
        form.add_error("file_format", error)
        return _show(request, register, upload=UploadForm(), export_form=form, status=422)
    kind = FORMATS[file_format]
    title = f"{register.name}-{timezone.localdate().isoformat()}.{kind.ending}"
    return FileResponse(file, as_attachment=True, filename=title, content_type=kind.media_type)


@require_POST
def import_view(request: HttpRequest, name: str) -> HttpResponse:
    """Show what a file would do. Nothing is written but the file, which waits for the confirmation."""
    register = register_or_404(request, name)
    if not can_import(request.user, register):
        raise PermissionDenied
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, register, upload=form, status=422)
    upload = form.cleaned_data["file"]
    content = upload.read()
    try:
        records = read_file(register, content, name=upload.name)
    except FileError as error:
        form.add_error("file", error)
        return _show(request, register, upload=form, status=422)
    report = _report_of(request, register, records)
    if report is None:
        started = start(register, records, name=upload.name, by=request.user)
        return HttpResponseRedirect(reverse("admin:long_import", args=[register.name, started.pk]))
    now = timezone.now()
    RegisterFile.objects.of(request.user).delete()
    RegisterFile.objects.outdated(now).delete()
    stored = RegisterFile.objects.create(
        register=register.name,
        name=upload.name[:200],
        content=content,
        uploaded_at=now,
        uploaded_by_id=request.user.pk or 0,
    )
    return _show_report(request, register, report, stored=stored)


@require_POST
def confirm_view(request: HttpRequest, name: str) -> HttpResponse:
    """Import the file as it was shown, or show what has changed since."""
    register = register_or_404(request, name)
    if not can_import(request.user, register):
        raise PermissionDenied
    stored = _stored_file(request, register)
    if stored is None:
        messages.error(request, _("The file is not there any more. Choose it again."))
        return HttpResponseRedirect(reverse("admin:register", args=[register.name]))
    if LongImport.objects.writing(register.name).exists():
        messages.error(request, _("Another import of these items is running. Wait until it has finished."))
        return HttpResponseRedirect(reverse("admin:register", args=[register.name]))
    records = read_file(register, bytes(stored.content), name=stored.name)
    rule = write_rule(request.user, register)
    try:
        report = apply(register, records, by=request.user, may_write=rule, digest=request.POST.get("digest", ""))
    except StaleReportError as stale:
        messages.warning(request, _("Somebody has changed these items meanwhile. Check the report again."))
        return _show_report(request, register, stale.report, stored=stored, status=409)
    stored.delete()
    count = len(report.of(Result.NEW)) + len(report.of(Result.CHANGED))
    text = ngettext("%(count)s item was imported.", "%(count)s items were imported.", count) % {"count": count}
    messages.success(request, text)
    return HttpResponseRedirect(list_url(register))


def _report_of(request: HttpRequest, register: Register, records: list[FileRecord]) -> Report | None:
    """Return what the file would do, None if one request cannot find that out."""
    if sum(1 + sum(map(len, record.parts.values())) for record in records) > MAX_REQUEST_ROWS:
        return None
    rule = write_rule(request.user, register)
    try:
        return dry_run(register, records, by=request.user, may_write=rule, max_writes=MAX_REQUEST_WRITES)
    except TooManyWritesError:
        return None


def _stored_file(request: HttpRequest, register: Register) -> RegisterFile | None:
    try:
        files = RegisterFile.objects.of(request.user).filter(register=register.name)
        return files.filter(pk=request.POST.get("file", "")).first()
    except ValidationError:
        return None


def _filtered(request: HttpRequest, register: Register) -> tuple[Any, str]:
    """Return the rows that the list shows with the filters of the URL, and these filters in words."""
    model_admin = admin.site.get_model_admin(register.model)
    try:
        rows = model_admin.get_changelist_instance(request).get_queryset(request)
    except (IncorrectLookupParameters, ValidationError, ValueError):
        raise Http404 from None
    # Without what only the list shows: the rows are read again by their keys.
    return register.model._default_manager.filter(pk__in=rows.order_by().values("pk")), request.GET.urlencode()


def _show(
    request: HttpRequest,
    register: Register,
    *,
    upload: UploadForm,
    export_form: ExportForm | None = None,
    status: int = 200,
) -> HttpResponse:
    rows, filters = _filtered(request, register)
    context = {
        "may_export": can_export(request.user, register),
        "may_import": can_import(request.user, register),
        "count": rows.count(),
        "is_filtered": bool(filters),
        "list_query": f"?{filters}" if filters else "",
        "export_form": export_form or ExportForm(),
        "upload_form": upload,
        "long_imports": _long_imports(request, register),
    }
    return register_page(
        request,
        register,
        "admin/interchange/exchange.html",
        context,
        title=title_of(_("Export or import %(items)s"), register),
        status=status,
    )


def _long_imports(request: HttpRequest, register: Register) -> list[LongImport]:
    if not can_import(request.user, register):
        return []
    rows = LongImport.objects.visible_to(request.user).filter(register=register.name).select_related("uploaded_by")
    return list(rows.order_by("-uploaded_at")[:MAX_LISTED])


def _show_report(
    request: HttpRequest, register: Register, report: Report, *, stored: RegisterFile, status: int = 200
) -> HttpResponse:
    shown = report.shown
    context = {
        "report": report,
        "outcomes": shown[:MAX_SHOWN],
        "hidden_count": max(len(shown) - MAX_SHOWN, 0),
        "file": stored,
        "is_workflow": any(outcome.is_draft for outcome in shown),
    }
    return register_page(
        request,
        register,
        "admin/interchange/report.html",
        context,
        title=title_of(_("Check the import of %(items)s"), register),
        status=status,
    )
