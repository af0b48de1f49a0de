"""Admin of pictures."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Field
from django.forms import Field as FormField
from django.forms import FileInput, NumberInput, Script
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from postportal.images.file_admin import FileRowAdmin
from postportal.images.framing import framing_view
from postportal.images.list_filters import AlternativeTextFilter, CollectionFilter, LicenceFilter, UseFilter
from postportal.images.models import CROP_FIELDS, FRAMING_FIELDS, Image
from postportal.images.picker import library_view, upload_view
from postportal.images.picture_formats import ACCEPTED_TYPES
from postportal.images.replacing import ImageForm
from postportal.images.serving import serve_earlier_file, serve_whole_file
from postportal.publishing.versions.unpublished_uses import items_with_changes_using
from postportal.richtext.usage import find_rows_containing
from postportal.staff.deletion import describe_rows, list_uses
from postportal.text.tidying import unbroken


@admin.register(Image)
class ImageAdmin(FileRowAdmin):
    form = ImageForm
    change_form_template = "admin/images/image/change_form.html"
    list_display = ["thumbnail", "title", "alternative_text", "credit", "size", "created_at"]
    list_display_links = ["thumbnail", "title"]
    list_filter = [UseFilter, AlternativeTextFilter, LicenceFilter, CollectionFilter]
    date_hierarchy = "created_at"
    has_every_year = True
    search_fields = ["folded_texts"]
    search_help_text = _("Searches titles, alternative texts, captions, credits and collections.")
    ordering = ["-created_at", "-pk"]
    readonly_fields = ["crops", "all_files", "used_on"]

    class Media:
        js = [Script("portal/admin/focal_point.js", type="module")]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        description = ["alt", "is_decorative", "caption", "credit", "title", "collection"]
        licence = ["licence", "licence_until"]
        picture = [*([] if obj else ["file"]), "crops", ("focal_x", "focal_y"), CROP_FIELDS]
        fieldsets: list[Any] = [(_("Picture"), {"fields": picture}), (_("Description"), {"fields": description})]
        fieldsets.append((_("Licence"), {"fields": licence}))
        if obj is None:
            return fieldsets
        replacement = ["file", "earlier_file", "replaces_public", "all_files"]
        if not self.has_change_permission(request, obj):
            replacement = ["all_files"]
        return [*fieldsets, (_("File"), {"fields": replacement}), (_("Usage"), {"fields": ["used_on"]})]

    def get_urls(self) -> list[URLPattern]:
        site = self.admin_site
        return [
            path("library/", site.admin_view(library_view), name="images_image_library"),
            path("upload/", site.admin_view(upload_view), name="images_image_upload"),
            path("<int:pk>/files/<int:number>/", site.admin_view(serve_earlier_file), name="images_image_file"),
            path("<int:pk>/whole/", site.admin_view(serve_whole_file), name="images_image_whole"),
            path("<int:pk>/framing/", site.admin_view(framing_view), name="images_image_framing"),
            *super().get_urls(),
        ]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        context["accepted_types"] = ACCEPTED_TYPES
        return super().render_change_form(request, context, *args, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.may_replace_public = self.has_delete_permission(request, obj)
        if obj and (field := form.base_fields.get("file")):
            field.label = _("Replace file")
            text = _("Everything that shows the picture gets the new file. Earlier files are kept.")
            field.help_text = format_html("{} {}", field.help_text, text)
        return form

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> FormField | None:
        if db_field.name == "file":
            kwargs["widget"] = FileInput(attrs={"accept": ACCEPTED_TYPES})
        elif db_field.name in FRAMING_FIELDS:
            kwargs["widget"] = NumberInput(attrs={"min": "0", "max": "1", "step": "any"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=_("picture"))
    def thumbnail(self, image: Image) -> SafeString:
        source = image.sources("stamp")[0]
        markup = '<img class="thumbnail" src="{}" width="{}" height="{}" alt="{}" loading="lazy">'
        return format_html(markup, source.url, source.width, source.height, _("Edit %(image)s") % {"image": image})

    @admin.display(description=_("alternative text"), ordering="alt")
    def alternative_text(self, image: Image) -> Any:
        return _("decorative") if image.is_decorative else image.alt

    @admin.display(description=_("size"), ordering="width")
    def size(self, image: Image) -> str:
        return unbroken(f"{image.width} × {image.height}")

    @admin.display(description=_("crops"))
    def crops(self, image: Image) -> SafeString:
        return render_to_string("admin/images/_crops.html", {"image": image if image.pk else None})

    @admin.display(description=_("all files"))
    def all_files(self, image: Image) -> SafeString:
        files = image.files.select_related("uploaded_by")
        return render_to_string("admin/images/_files.html", {"image": image, "files": files})

    def all_uses(self, rows: Sequence[Image]) -> list[Any]:
        lines = list_uses(rows, site=self.admin_site)
        names = [stem for image in rows for stem in (image.stem, *_earlier_stems(image))]
        for found in find_rows_containing(names):
            lines.extend(describe_rows(found, place=_("in text"), site=self.admin_site))
        for found in items_with_changes_using(rows, texts=names):
            lines.extend(describe_rows(found, place=_("in unpublished changes"), site=self.admin_site))
        return lines


def _earlier_stems(image: Image) -> list[str]:
    """Return the names of earlier files, which texts may still have: they show the current one."""
    return list(image.files.exclude(name=image.file.name).values_list("stem", flat=True))
