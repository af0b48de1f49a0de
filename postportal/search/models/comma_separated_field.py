from typing import Any

from django.db import models

from postportal.search.query import normalize_text, split_commas


class CommaSeparatedField(models.CharField):
    """Several words or phrases separated by commas. They are normalized before their length is checked, because
    normalizing can lengthen a text."""

    def to_python(self, value: Any) -> Any:
        return ", ".join(dict.fromkeys(map(normalize_text, split_commas(super().to_python(value) or ""))))
