"""The read API and its OpenAPI description."""

import json
import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from ninja import NinjaAPI

from postportal.api.errors import ParameterError, Refusal, error_response
from postportal.web.rate_limits import MINUTE
from postportal.web.site_url import configured_origin

# Responses of every operation besides its own.
REFUSALS = {400: Refusal, 422: Refusal, 429: Refusal}


class ReadApi(NinjaAPI):
    """NinjaAPI whose description says what Ninja's leaves out."""

    def get_openapi_schema(self, **kwargs: Any) -> Any:
        schema = super().get_openapi_schema(**kwargs)
        for operations in schema["paths"].values():
            for operation in operations.values():
                _complete_operation(operation)
        _drop_unused_schemas(schema)
        origin = configured_origin()
        # Without a configured URL, the server is the one that the description comes from.
        schema["servers"] = [{"url": origin or "/"}]
        if origin:
            schema["info"]["contact"] = {"name": "Contact form", "url": f"{origin}{reverse('contact:form')}"}
        schema["tags"] = self.openapi_extra["tags"]
        return schema


def make_api() -> ReadApi:
    api = ReadApi(
        title="Read API",
        version="1",
        description="Read-only access to the content of the public site. No registration is needed. Scripts of other "
        "sites may use it. Every error is JSON, and every response has an ETag for conditional requests.",
        # Ninja's own documentation pages use inline scripts or scripts from other sites.
        docs_url=None,
        docs_decorator=_read_only,
        urls_namespace="api",
        openapi_extra={
            "tags": [
                {"name": "Search", "description": "Find and list public content."},
                {"name": "Registers", "description": "People, services and stamps in the terms of open standards."},
                {"name": "Documents", "description": "Files to open or save."},
            ]
        },
    )
    api.add_exception_handler(ParameterError, _refuse)
    return api


def _read_only(view: Any) -> Any:
    return csrf_exempt(require_safe(view))


def _refuse(request: HttpRequest, error: ParameterError | type[ParameterError]) -> HttpResponse:
    response = error_response(400, getattr(error, "problems", ()))
    response.headers["Cache-Control"] = "no-store"
    return response


def _complete_operation(operation: dict[str, Any]) -> None:
    for parameter in operation["parameters"]:
        parameter["schema"] = _simplified(parameter["schema"])
    throttled = operation["responses"].get(429)
    if throttled:
        seconds = {"type": "integer", "example": MINUTE}
        throttled["headers"] = {"Retry-After": {"description": "Seconds to wait.", "schema": seconds}}


def _simplified(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a parameter, which may be missing but not null, without lists of a single choice."""
    choices = [choice for name in ("anyOf", "allOf") for choice in schema.get(name, []) if choice != {"type": "null"}]
    if len(choices) != 1:
        return schema
    return {**choices[0], **{name: value for name, value in schema.items() if name not in ("anyOf", "allOf")}}


def _drop_unused_schemas(schema: dict[str, Any]) -> None:
    """Drop the schemas that nothing refers to: Ninja lists those of parameters, which it also writes in place."""
    schemas = schema["components"]["schemas"]
    used: set[str] = set()
    found = _references({**schema, "components": {}})
    while found - used:
        used |= found
        found = set().union(*(_references(schemas[name]) for name in used))
    schema["components"]["schemas"] = {name: each for name, each in schemas.items() if name in used}


def _references(part: Any) -> set[str]:
    return set(re.findall(r'"\$ref": "#/components/schemas/(\w+)"', json.dumps(part)))
