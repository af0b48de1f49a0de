"""Form field for one link: a URL, or something on this site that is found by its name."""

from typing import Any, cast

from django import forms
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString


class LinkInput(forms.TextInput):
    """Text field for a URL, beside which a script puts a button that opens the link dialog of the text editor."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"class": "vTextField", **(attrs or {})})

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        context = {"input": super().render(name, value, attrs, renderer), "url": reverse("admin:richtext_link_choices")}
        return render_to_string("admin/widgets/link_input.html", context)

    @property
    def media(self) -> forms.Media:
        return forms.Media(js=[cast("str", forms.Script("portal/admin/link_field.js", type="module"))])
