"""One labelled field for a moment, and the browser's own calendar: no split fields, no scripts."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminTextareaWidget, AdminURLFieldWidget
from django.db import models
from django.utils.functional import lazy
from django.utils.translation import gettext


class DateTimeLocalInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"step": "1", **(attrs or {})}, format="%Y-%m-%dT%H:%M:%S")


class NativeDateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class NativeTimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%H:%M")


class ShortTextarea(AdminTextareaWidget):
    """Grows with its text where the browser can; long texts have an editor of their own."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"rows": 3, **(attrs or {})})


def time_zone_help(help_text: Any) -> Any:
    """What the browser's field does not say: whose clock it means."""

    def text() -> str:
        return f"{help_text} {gettext('Time in %(zone)s.') % {'zone': settings.TIME_ZONE}}".strip()

    return lazy(text, str)()


FIELD_OVERRIDES: dict[type[models.Field], dict[str, Any]] = {
    models.DateTimeField: {"form_class": forms.DateTimeField, "widget": DateTimeLocalInput},
    models.DateField: {"widget": NativeDateInput},
    models.TimeField: {"widget": NativeTimeInput},
    models.TextField: {"widget": ShortTextarea},
    models.URLField: {"widget": AdminURLFieldWidget, "assume_scheme": "https"},
}
