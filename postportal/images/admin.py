"""Admin of pictures."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Field, Model
from django.forms import Field as FormField
from django.forms import FileInput, ModelForm, NumberInput
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from postportal.images import disk_space
from postportal.images.list_filters import AlternativeTextFilter, CollectionFilter, LicenceFilter, UseFilter
from postportal.images.models import Image
from postportal.images.picker import library_view, upload_view
from postportal.images.picture_formats import ACCEPTED_TYPES
from postportal.publishing.versions.unpublished_uses import items_with_changes_using
from postportal.richtext.usage import find_rows_containing
from postportal.staff.deletion import describe_rows, list_uses
from postportal.staff.form_state import form_state
from postportal.staff.model_admin import PortalAdmin


class ImageForm(ModelForm):
    is_disk_full = False

    def clean(self) -> Any:
        if self.is_disk_full:
            self.add_error("file", disk_space.DISK_FULL_MESSAGE)
        return super().clean()


@admin.register(Image)
class ImageAdmin(PortalAdmin):
    form = ImageForm
    change_form_template = "admin/images/image/change_form.html"
    list_display = ["thumbnail", "title", "alternative_text", "credit", "size", "created_at"]
    list_display_links = ["thumbnail", "title"]
    list_filter = [UseFilter, AlternativeTextFilter, LicenceFilter, CollectionFilter]
    date_hierarchy = "created_at"
    search_fields = ["folded_texts"]
    search_help_text = _("Searches titles, alternative texts, captions, credits and collections.")
    ordering = ["-created_at", "-pk"]
    readonly_fields = ["crops", "used_on"]

    class Media:
        js = ["portal/admin/focal_point.js"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        description = ["alt", "is_decorative", "caption", "credit", "title", "collection"]
        licence = ["licence", "licence_until"]
        # A file is never replaced: published pages keep their picture, and caches stay correct.
        picture = ["crops", "focal_x", "focal_y"] if obj else ["file", "crops", "focal_x", "focal_y"]
        fieldsets = [(_("Picture"), {"fields": picture}), (_("Description"), {"fields": description})]
        fieldsets.append((_("Licence"), {"fields": licence}))
        return [*fieldsets, (_("Usage"), {"fields": ["used_on"]})] if obj else fieldsets

    def get_urls(self) -> list[URLPattern]:
        site = self.admin_site
        return [
            path("library/", site.admin_view(library_view), name="images_image_library"),
            path("upload/", site.admin_view(upload_view), name="images_image_upload"),
            *super().get_urls(),
        ]

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except OSError as error:
            if not disk_space.is_full(error):
                raise
            # Show the form again with what was entered.
            form_state(request).is_disk_full = True
            return super().changeform_view(request, *args, **kwargs)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        context["accepted_types"] = ACCEPTED_TYPES
        return super().render_change_form(request, context, *args, **kwargs)

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(request, *args, **kwargs)
        form.is_disk_full = form_state(request).is_disk_full  # type: ignore[attr-defined]
        return form

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> FormField | None:
        if db_field.name == "file":
            kwargs["widget"] = FileInput(attrs={"accept": ACCEPTED_TYPES})
        elif db_field.name in {"focal_x", "focal_y"}:
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
        return f"{image.width} × {image.height}"

    @admin.display(description=_("crops"))
    def crops(self, image: Image) -> SafeString:
        return render_to_string("admin/images/_crops.html", {"image": image if image.pk else None})

    @admin.display(description=_("used in"))
    def used_on(self, image: Image) -> SafeString:
        return render_to_string("admin/images/_used_on.html", {"uses": self.all_uses([image])})

    def all_uses(self, images: Sequence[Image]) -> list[Any]:
        lines = list_uses(images, site=self.admin_site)
        names = [image.file.name.rpartition(".")[0] for image in images if image.file.name]
        for rows in find_rows_containing(names):
            lines.extend(describe_rows(rows, place=_("in text"), site=self.admin_site))
        for rows in items_with_changes_using(images, texts=names):
            lines.extend(describe_rows(rows, place=_("in unpublished changes"), site=self.admin_site))
        return lines

    def protecting_uses(self, rows: list[Model]) -> list[Any]:
        return self.all_uses([row for row in rows if isinstance(row, Image)])
