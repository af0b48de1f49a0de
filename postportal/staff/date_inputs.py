"""Date and time widgets that use the browser's own pickers: one labelled field, no scripts."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminURLFieldWidget
from django.db import models
from django.utils.functional import lazy
from django.utils.translation import gettext

from postportal.web.date_fields import RangedDateFormField, RangedDateTimeFormField
from postportal.web.personal_zone import personal_zone


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
    """Text area of three lines that grows with its text in browsers that support it."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"rows": 3, **(attrs or {})})


class GrowingTextarea(AdminTextareaWidget):
    """Text area as high as its text, for what is written large."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"rows": 1, "class": "vTextField grows", **(attrs or {})})


def time_zone_help(help_text: Any) -> Any:
    """Return the help text with a sentence that names the time zone, which the browser's picker does not show."""

    def text() -> str:
        time_zone = gettext("Time zone: %(zone)s.") % {"zone": personal_zone()}
        return f"{help_text} {time_zone}".strip()

    return lazy(text, str)()


FIELD_OVERRIDES: dict[type[models.Field], dict[str, Any]] = {
    models.DateTimeField: {"form_class": RangedDateTimeFormField, "widget": DateTimeLocalInput},
    models.DateField: {"form_class": RangedDateFormField, "widget": NativeDateInput},
    models.TimeField: {"widget": NativeTimeInput},
    models.TextField: {"widget": ShortTextarea},
    models.URLField: {"widget": AdminURLFieldWidget, "assume_scheme": "https"},
}
