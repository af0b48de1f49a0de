"""Model field for slugs and for paths of pages."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.functional import cached_property

from postportal.web.slugs import normalize, validate_page_path, validate_slug


class SlugField(models.CharField):
    """A slug in any script, stored in NFC. Forms may leave it blank, because `Slugged` makes one; the column itself
    refuses "".

    `is_path` allows slashes, for pages below pages. `may_be_empty` is for rows that can be saved before they have a
    title."""

    # `blank` and `max_length` are named for the type checker, which looks for them among the arguments.
    def __init__(
        self,
        verbose_name: Any = None,
        *,
        is_path: bool = False,
        may_be_empty: bool = False,
        max_length: int = 120,
        blank: bool = True,
        **kwargs: Any,
    ) -> None:
        self.is_path, self.may_be_empty = is_path, may_be_empty
        super().__init__(verbose_name, max_length=max_length, blank=blank, **kwargs)

    @cached_property
    def validators(self) -> list[Any]:
        return [*super().validators, validate_page_path if self.is_path else validate_slug]

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        flags = {"is_path": self.is_path, "may_be_empty": self.may_be_empty}
        return name, path, args, {**kwargs, **{flag: True for flag, is_set in flags.items() if is_set}}

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return normalize(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return normalize(value) if isinstance(value, str) else value

    def db_check(self, connection: BaseDatabaseWrapper) -> str | None:
        return None if self.may_be_empty else f"{connection.ops.quote_name(str(self.column))} <> ''"
