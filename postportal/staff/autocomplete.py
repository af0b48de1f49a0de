"""Select widgets that suggest rows while the user types."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from postportal.web.row_keys import is_row_key


class AutocompleteMixin:
    """Mixin for the stock widgets. The field must not be required in the browser: select2 hides it, so the browser has
    nothing to show its message at."""

    def use_required_attribute(self, initial: Any) -> bool:
        return False

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, label, *args, **kwargs)  # type: ignore[misc]
        if not value:
            option["attrs"]["label"] = "–"
        return cast("dict[str, Any]", option)


class RowAutocompleteMixin(AutocompleteMixin):
    """Mixin for widgets whose values are keys of rows."""

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> Any:
        # The stock widget looks up whatever was sent.
        return super().optgroups(name, [key for key in value if is_row_key(str(key))], attr)  # type: ignore[misc]


class SingleAutocomplete(RowAutocompleteMixin, AutocompleteSelect):
    pass


class MultipleAutocomplete(RowAutocompleteMixin, AutocompleteSelectMultiple):
    pass


class PictureSelect(SingleAutocomplete):
    """Select with a thumbnail of the selected picture, a button that opens the picture library, and for those with
    `may_edit` a link to the form of the picture."""

    may_edit = False

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        model = self.field.remote_field.model
        image = model._default_manager.filter(pk=value).first() if is_row_key(str(value)) else None
        context = {
            "select": super().render(name, value, attrs, renderer),
            "thumbnail": image.sources("stamp")[0].url if image else "",
            "library": picture_library_attributes(),
            "edit_url": reverse("admin:images_image_change", args=["__key__"]) if self.may_edit else "",
            # With a number that no picture has, for the script to replace.
            "framing_url": reverse("admin:images_image_framing", args=[0]) if self.may_edit else "",
            "edited": reverse("admin:images_image_change", args=[image.pk]) if image else "",
        }
        return render_to_string("admin/widgets/picture_select.html", context)

    @property
    def media(self) -> forms.Media:
        return super().media + forms.Media(
            js=[cast("str", forms.Script("portal/admin/picture_field.js", type="module"))]
        )


def picture_library_attributes() -> dict[str, str]:
    """Return data attributes with the URLs that the library's scripts need."""
    return {
        "data-library-url": reverse("admin:images_image_library"),
        "data-upload-url": reverse("admin:images_image_upload"),
    }


def select2_media() -> forms.Media:
    """Return the scripts and styles of a select2 widget that is not one of the stock widgets."""
    extra = "" if settings.DEBUG else ".min"
    return forms.Media(
        js=(
            f"admin/js/vendor/jquery/jquery{extra}.js",
            f"admin/js/vendor/select2/select2.full{extra}.js",
            "admin/js/jquery.init.js",
            "admin/js/autocomplete.js",
        ),
        css={"screen": (f"admin/css/vendor/select2/select2{extra}.css", "admin/css/autocomplete.css")},
    )
