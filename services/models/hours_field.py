"""The model field for opening hours in one line."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from postportal.text.fields import LineFormField
from services.models.hours_line import read_hours, show_hours, store_hours


class HoursFormField(LineFormField):
    """Reads hours as people type them, and shows them in the language of the form."""

    def prepare_value(self, value: Any) -> Any:
        try:
            return show_hours(value) if isinstance(value, str) and value else value
        except ValidationError:
            return value

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return store_hours(value) if value else ""

    def has_changed(self, initial: Any, data: Any) -> bool:
        # The same hours, written in another way, are no change; what cannot be read is one.
        try:
            return bool(store_hours(initial or "") != store_hours(data or ""))
        except ValidationError:
            return True


class HoursField(models.CharField):
    """Opening hours of a week, stored as `services/models/hours_line.py` says. "" is unknown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 300, **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = store_hours(getattr(model_instance, self.attname) or "")
        setattr(model_instance, self.attname, value)
        return value

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        if value:
            read_hours(value)
        return super().clean(value, model_instance)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": HoursFormField, **kwargs})

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
