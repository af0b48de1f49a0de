"""Model field for rich text."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from postportal.publishing.diff.blocks import Block
from postportal.richtext.diff_blocks import html_to_blocks
from postportal.richtext.sanitize import clean_html
from postportal.richtext.widgets import RichTextWidget


class RichTextField(models.TextField):
    """Text field with HTML that is sanitized on its way to the database: save, bulk_create, bulk_update and update."""

    # For packages that must not import this class.
    is_rich_text = True

    def to_blocks(self, value: str) -> list[Block]:
        """Return the text as blocks of words without markup, for comparing versions."""
        return html_to_blocks(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = clean_html(value)
            setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs: Any) -> Any:
        # Otherwise the admin would use its default widget for long texts.
        return super().formfield(**{**kwargs, "widget": RichTextWidget})

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        if isinstance(value, str):
            value = str(clean_html(value))
        return super().get_db_prep_save(value, connection)
