"""Form widget for rich text."""

import json
from typing import Any, cast

from django import forms
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse

from postportal.richtext.left_out import words_for_scripts
from postportal.richtext.references import DOCUMENT, reference_choices_url
from postportal.richtext.snippets import SNIPPET


class RichTextWidget(forms.Textarea):
    """Text area with HTML, which a script turns into a rich text editor.

    A data attribute holds the URL of the engine's module: it is hashed in production, and an import map would be an
    inline script, which the content security policy forbids.
    """

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"rows": 16, **(attrs or {})})

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        return {
            **super().build_attrs(base_attrs, extra_attrs),
            "class": "vLargeTextField",
            "data-rich-text": "",
            "data-editor-module": static("django_prose_editor/editor.js"),
            "data-library-url": reverse("admin:images_image_library"),
            "data-upload-url": reverse("admin:images_image_upload"),
            "data-references-url": reference_choices_url(),
            "data-documents-url": reference_choices_url(scheme=DOCUMENT),
            "data-snippets-url": reference_choices_url(scheme=SNIPPET),
            "data-links-url": reverse("admin:richtext_link_choices"),
            "data-video-sites": " ".join(settings.VIDEO_SITES),
            "data-language": settings.LANGUAGE_CODE,
            "data-left-out": json.dumps(words_for_scripts()),
        }

    def use_required_attribute(self, initial: Any) -> bool:
        # The editor hides the text area, so the browser has nothing to show its message at.
        return False

    @property
    def media(self) -> forms.Media:
        return forms.Media(js=[cast("str", forms.Script("portal/admin/editor.js", type="module"))])
