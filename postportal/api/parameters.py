"""Query parameters of the API: each is in UTF-8, is known and is given once, or the request is refused."""

import re
from collections.abc import Iterator
from typing import Any, get_origin
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest
from ninja import Schema
from pydantic import ValidationInfo, model_validator

from postportal.api.errors import ParameterError, parameter_problem

# Control characters other than tab and line breaks, which pasted texts contain.
CONTROL_CHARACTERS = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"
CONTROL_PATTERN = re.compile(f"[{CONTROL_CHARACTERS}]")
# For descriptions of texts (ECMA 262).
TEXT_PATTERN = f"^[^{CONTROL_CHARACTERS}]*$"


class QueryParameters(Schema):
    """Base of the parameters of an operation. Raises ParameterError for parameters it does not have, and for repeated
    ones that are not lists."""

    @model_validator(mode="before")
    @classmethod
    def refuse_unknown(cls, values: Any, info: ValidationInfo) -> Any:
        sent = (info.context or {})["request"].GET
        problems = [
            parameter_problem("unknown_parameter", name, f"There is no parameter {name}.")
            for name in sent
            if name not in cls.model_fields
        ]
        problems += [
            parameter_problem("repeated_parameter", name, f"{name} may be given only once.")
            for name, field in cls.model_fields.items()
            if get_origin(field.annotation) is not list and len(sent.getlist(name)) > 1
        ]
        if problems:
            raise ParameterError(problems)
        return values


def unreadable_parameters(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the problems of parameters that are not UTF-8 or contain control characters. Looks at the query string
    itself: Django replaces what it cannot decode."""
    return list(_find_unreadable(request.META.get("QUERY_STRING", "").encode("latin-1", "replace")))


def _find_unreadable(query: bytes) -> Iterator[dict[str, Any]]:
    for pair in query.split(b"&"):
        name, _, value = (unquote_to_bytes(part) for part in pair.replace(b"+", b" ").partition(b"="))
        shown = CONTROL_PATTERN.sub("�", name.decode("utf-8", "replace"))
        try:
            text = name.decode("utf-8") + value.decode("utf-8")
        except UnicodeDecodeError:
            yield parameter_problem("not_utf8", shown, "This parameter is not in UTF-8.")
        else:
            if CONTROL_PATTERN.search(text):
                yield parameter_problem("control_character", shown, "This parameter contains a control character.")
