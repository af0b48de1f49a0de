"""Admin of documents."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Field
from django.forms import Field as FormField
from django.forms import FileField, FileInput
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from postportal.documents.file_types import ACCEPTED_TYPES, FILE_TYPES
from postportal.documents.models import Document
from postportal.documents.public_uses import attachment_models, is_public
from postportal.documents.references import document_choices
from postportal.documents.serving import serve_earlier_file
from postportal.images.file_admin import FileRowAdmin, FileRowForm
from postportal.publishing.versions.unpublished_uses import items_with_changes_using
from postportal.richtext.references import DOCUMENT, reference_to
from postportal.richtext.usage import find_rows_containing
from postportal.staff.deletion import describe_rows

MAX_CAPTIONS_BYTES = 500_000


class DocumentForm(FileRowForm):
    captions_file = FileField(
        required=False,
        label=gettext_lazy("Captions file"),
        widget=FileInput(attrs={"accept": ".vtt,text/vtt"}),
        help_text=gettext_lazy("WebVTT. Its text replaces the captions below."),
    )

    def clean_captions_file(self) -> str:
        """Return the text of the file."""
        file: Any = self.cleaned_data["captions_file"]
        if not file:
            return ""
        if file.size > MAX_CAPTIONS_BYTES:
            raise ValidationError(_("The file is too large for captions."))
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise ValidationError(_("The captions are not a text in UTF-8.")) from error

    def clean(self) -> Any:
        if captions := self.cleaned_data.get("captions_file"):
            self.cleaned_data["captions"] = captions
        return super().clean()


@admin.register(Document)
class DocumentAdmin(FileRowAdmin):
    form = DocumentForm
    list_display = ["title", "language", "type_and_size", "uploaded_at"]
    list_filter = ["kind", "language"]
    date_hierarchy = "uploaded_at"
    search_fields = ["folded_title", "folded_title_zh"]
    search_help_text = gettext_lazy("Searches titles.")
    ordering = ["-uploaded_at", "-pk"]
    readonly_fields = ["current_file", "earlier_files", "used_on"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        texts = ["title", "title_zh", "language", "note"]
        is_open = obj is not None and obj.file_type.player
        words = ["captions", "transcript"]
        if obj is None or self.has_change_permission(request, obj):
            words.insert(0, "captions_file")
        recording = {"fields": ["poster", *words], "classes": [] if is_open else ["collapse"]}
        if obj is None:
            return [(None, {"fields": ["file", *texts]}), (gettext_lazy("Video and audio"), recording)]
        return [
            (None, {"fields": texts}),
            (gettext_lazy("File"), {"fields": ["current_file", "file", "earlier_files"]}),
            (gettext_lazy("Video and audio"), recording),
            (gettext_lazy("Usage"), {"fields": ["used_on"]}),
        ]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("choices/", view(require_GET(self.choices_view)), name="documents_document_choices"),
            path("<int:pk>/files/<int:number>/", view(serve_earlier_file), name="documents_document_file"),
            *super().get_urls(),
        ]

    def choices_view(self, request: HttpRequest) -> JsonResponse:
        """Return the documents that texts can refer to."""
        if not request.user.has_perm("documents.view_document"):
            raise PermissionDenied
        text, is_recording = request.GET.get("q", "")[:200], "recordings" in request.GET
        found = document_choices(timezone.now(), text=text, is_recording=is_recording)
        return JsonResponse({"choices": [choice._asdict() for choice in found]})

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> FormField | None:
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "file" and formfield:
            formfield.widget = FileInput(attrs={"accept": ACCEPTED_TYPES})
        return formfield

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if field := form.base_fields.get("file"):
            field.help_text = _(
                "%(types)s, up to %(limit)s MB, without macros or scripts; %(recordings)s, up to %(most)s MB."
            ) % {
                "types": ", ".join(each.name for each in FILE_TYPES.values() if not each.player),
                "limit": settings.DOCUMENT_MAX_MB,
                "recordings": ", ".join(each.name for each in FILE_TYPES.values() if each.player),
                "most": settings.RECORDING_MAX_MB,
            }
            if obj:
                field.label = _("Replace file")
                field.help_text += " " + _("The URL stays the same, and earlier files are kept.")
        return form

    @admin.display(description=gettext_lazy("type and size"), ordering="size")
    def type_and_size(self, document: Document) -> str:
        return document.type_and_size

    @admin.display(description=gettext_lazy("current file"))
    def current_file(self, document: Document) -> SafeString:
        state = _("Public.") if is_public(document, at=timezone.now()) else _("Not public: nothing public uses it yet.")
        url = document.get_absolute_url()
        return format_html('<a href="{}">{}</a> ({}). {}', url, url, document.type_and_size, state)

    @admin.display(description=gettext_lazy("all files"))
    def earlier_files(self, document: Document) -> SafeString:
        files = document.files.select_related("uploaded_by")
        return render_to_string("admin/documents/_files.html", {"document": document, "files": files})

    def all_uses(self, rows: Sequence[Document]) -> list[Any]:
        """Return the items that list the documents and the texts that refer to them, as a nested list."""
        lines: list[Any] = []
        for model in attachment_models():
            parent: Any = next(field for field in model._meta.fields if field.is_relation and field.name != "document")
            keys = model._default_manager.filter(document__in=rows).values(parent.attname)
            found = parent.related_model._default_manager.filter(pk__in=keys).order_by("-pk")
            lines += describe_rows(found, place=_("at the end"), site=self.admin_site)
        pieces = [piece for document in rows for piece in _links_to(document)]
        for found in find_rows_containing(pieces) if pieces else []:
            lines += describe_rows(found, place=_("in text"), site=self.admin_site)
        for found in items_with_changes_using(rows, texts=pieces):
            lines += describe_rows(found, place=_("in unpublished changes"), site=self.admin_site)
        return lines


def _links_to(document: Document) -> list[str]:
    return [f'href="{reference_to(document.pk, scheme=DOCUMENT)}"', f'href="{document.get_absolute_url()}']
