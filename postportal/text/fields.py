"""Model fields for plain text: each tidies what is stored, and one keeps the folded form of another."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.db import models

from postportal.text.folding import fold_name
from postportal.text.tidying import tidy_line, tidy_lines


class LineFormField(forms.CharField):
    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return tidy_line(value) if isinstance(value, str) else value


class LinesFormField(forms.CharField):
    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return tidy_lines(value) if isinstance(value, str) else value


class _TidiedField(models.Field):
    """Field whose text is tidied when it is validated, and on every way to the database: save, bulk_create, bulk_update
    and update. Values to compare with are tidied too. For migrations it is the stock field, as its column is."""

    # A function from text to text.
    tidy: ClassVar[Any]
    form_class: ClassVar[type[forms.CharField]]
    stock_path: ClassVar[str]

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return type(self).tidy(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = type(self).tidy(value)
            setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": self.form_class, **kwargs})

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, self.stock_path, args, kwargs


class LineField(_TidiedField, models.CharField):
    """One line of plain text, such as a title or a name."""

    tidy = staticmethod(tidy_line)
    form_class = LineFormField
    stock_path = "django.db.models.CharField"


class LinesField(_TidiedField, models.TextField):
    """Plain text that may have several lines."""

    tidy = staticmethod(tidy_lines)
    form_class = LinesFormField
    stock_path = "django.db.models.TextField"


class FoldedField(models.CharField):
    """The folded form of the field or property `of` of the same row, written on every save. Both databases compare it
    alike, and its index answers questions for whole names: without one (`db_index=False`), the field is only for parts
    of them. `max_length` is that of the field `of` or more."""

    implied: ClassVar[dict[str, Any]] = {"max_length": 255, "editable": False, "db_index": True, "default": ""}

    def __init__(self, *, of: str, **kwargs: Any) -> None:
        self.of = of
        super().__init__(**{**self.implied, **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        folded = fold_name(getattr(model_instance, self.of))[: self.max_length]
        setattr(model_instance, self.attname, folded)
        return folded

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        changed = {key: value for key, value in kwargs.items() if self.implied.get(key) != value}
        if "db_index" not in kwargs:
            # Django leaves out what is its own default.
            changed["db_index"] = False
        return name, path, args, {"of": self.of, **changed}


def with_folded(model: type[models.Model], names: Iterable[str]) -> list[str]:
    """Return the names of fields, and those of the columns that are folded from them: for writes that name fields."""
    names = list(names)
    columns = [field for field in model._meta.concrete_fields if isinstance(field, FoldedField)]
    return [*names, *(field.name for field in columns if field.of in names and field.name not in names)]
