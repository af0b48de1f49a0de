"""The OpenAPI description prepared for a template."""

from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]


def describe_operations(schema: Schema) -> list[dict[str, Any]]:
    """Return the context of each operation of an OpenAPI schema."""
    schemas = schema["components"]["schemas"]
    return [
        {
            "path": path,
            "method": method.upper(),
            "summary": operation["summary"],
            "description": operation["description"],
            "parameters": [_describe_parameter(parameter, schemas=schemas) for parameter in operation["parameters"]],
            "responses": list(_describe_responses(operation["responses"], schemas=schemas)),
        }
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]


def _describe_parameter(parameter: Schema, *, schemas: Schema) -> dict[str, str]:
    default = parameter["schema"].get("default")
    return {
        "name": parameter["name"],
        "type": _describe_type(parameter["schema"], schemas=schemas),
        "default": "" if default in (None, "") else str(default),
        "description": parameter["description"],
    }


def _describe_responses(responses: Schema, *, schemas: Schema) -> Iterator[tuple[str, str, list[tuple[str, str, str]]]]:
    """Yield statuses, name and fields of each schema of the responses and of the schemas nested in it."""
    statuses: dict[str, list[str]] = {}
    for status, response in responses.items():
        # A redirect has no content.
        if "content" in response:
            name = _schema_name(response["content"]["application/json"]["schema"])
            statuses.setdefault(name, []).append(str(status))
    for outer, its_statuses in statuses.items():
        names = [outer]
        for name in names:
            properties = schemas[name]["properties"]
            fields = [
                (key, _describe_type(value, schemas=schemas), value.get("description", ""))
                for key, value in properties.items()
            ]
            yield ", ".join(its_statuses), name, fields
            nested = (_schema_name(value.get("items", value)) for value in properties.values())
            names += [other for other in nested if other and other not in names]


def _describe_type(schema: Schema, *, schemas: Schema) -> str:
    """Return the type of a value in words: `integer, 1 to 100`, `one of: en, zh-hans`, `list of Result`."""
    choices = schema.get("anyOf", schema.get("allOf", []))
    if choices:
        types = (_describe_type(choice, schemas=schemas) for choice in choices if choice.get("type") != "null")
        return " or ".join(types)
    resolved = schemas.get(_schema_name(schema), schema)
    if "enum" in resolved:
        return f"one of: {', '.join(resolved['enum'])}"
    if schema.get("type") == "array":
        return f"list of {_describe_type(schema['items'], schemas=schemas)}"
    if "minimum" in schema:
        return f"{schema['type']}, {schema['minimum']} to {schema['maximum']}"
    return str(_schema_name(schema) or schema.get("format") or schema.get("type", "object"))


def _schema_name(schema: Schema) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]
