"""The OpenAPI description in a form that a template can show."""

from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]


def describe_operations(schema: Schema) -> list[dict[str, Any]]:
    parts = schema["components"]["schemas"]
    return [
        {
            "address": address,
            "method": method.upper(),
            "summary": operation["summary"],
            "description": operation["description"],
            "parameters": [_describe_parameter(parameter, parts=parts) for parameter in operation["parameters"]],
            "answers": list(_responses(operation["responses"], parts=parts)),
        }
        for address, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]


def _describe_parameter(parameter: Schema, *, parts: Schema) -> dict[str, str]:
    default = parameter["schema"].get("default")
    return {
        "name": parameter["name"],
        "value": _describe_type(parameter["schema"], parts=parts),
        "default": "" if default in (None, "") else str(default),
        "description": parameter["description"],
    }


def _responses(responses: Schema, *, parts: Schema) -> Iterator[tuple[str, str, list[tuple[str, str, str]]]]:
    """(status, name, fields) of each form an answer, or a part of it, has."""
    for status, response in responses.items():
        names = [_schema_name(response["content"]["application/json"]["schema"])]
        for name in names:
            fields = parts[name]["properties"]
            yield (
                str(status),
                name,
                [(key, _describe_type(of, parts=parts), of.get("description", "")) for key, of in fields.items()],
            )
            inner = (_schema_name(of.get("items", of)) for of in fields.values())
            names += [part for part in inner if part and part not in names]


def _describe_type(schema: Schema, *, parts: Schema) -> str:
    """What a value looks like: `integer, 1 to 100`, `one of: en, zh-hans`, `list of Result`."""
    choices = schema.get("anyOf", schema.get("allOf", []))
    if choices:
        return " or ".join(_describe_type(choice, parts=parts) for choice in choices if choice.get("type") != "null")
    referred = parts.get(_schema_name(schema), schema)
    if "enum" in referred:
        return f"one of: {', '.join(referred['enum'])}"
    if schema.get("type") == "array":
        return f"list of {_describe_type(schema['items'], parts=parts)}"
    if "minimum" in schema:
        return f"{schema['type']}, {schema['minimum']} to {schema['maximum']}"
    return str(_schema_name(schema) or schema.get("format") or schema.get("type", "object"))


def _schema_name(schema: Schema) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]
