from typing import Any

from django.db import models

from postportal.search.query import normalize_text, split_commas


class CommaSeparatedField(models.CharField):
    """Several things that readers may type, with commas between them; kept tidy, and measured as it is kept: tidying
    can make more characters of fewer."""

    def to_python(self, value: Any) -> Any:
        return ", ".join(dict.fromkeys(map(normalize_text, split_commas(super().to_python(value) or ""))))
