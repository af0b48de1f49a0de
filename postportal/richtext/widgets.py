from typing import Any, cast

from django import forms
from django.templatetags.static import static
from django.urls import reverse


class RichTextWidget(forms.Textarea):
    """A text area with HTML that becomes an editor where scripts run.

    The modules' addresses are handed over as data: they are hashed in production, and an import map would be an
    inline script, which the content policy forbids.
    """

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"rows": 16, **(attrs or {})})

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        return {
            **super().build_attrs(base_attrs, extra_attrs),
            "class": "vLargeTextField",
            "data-rich-text": "",
            "data-editor-module": static("django_prose_editor/editor.js"),
            "data-nodes-module": static("portal/admin/editor_nodes.js"),
            "data-dialogs-module": static("portal/admin/dialogs.js"),
            "data-library-url": reverse("admin:images_image_library"),
            "data-upload-url": reverse("admin:images_image_upload"),
        }

    def use_required_attribute(self, initial: Any) -> bool:
        # The field is hidden while the editor shows: a browser could not point at it.
        return False

    @property
    def media(self) -> forms.Media:
        return forms.Media(js=[cast("str", forms.Script("portal/admin/editor.js", type="module"))])
