import re

import pytest
from django.test import Client

from postportal.api.description import describe_operations
from postportal.api.views import api


def test_openapi_schema_has_path_parameters_and_responses(client: Client) -> None:
    schema = client.get("/api/openapi.json").json()

    operation = schema["paths"]["/api/search"]["get"]
    assert list(schema["paths"]) == [
        "/api/search",
        "/api/documents",
        "/api/people",
        "/api/services",
        "/api/stamps",
    ]
    assert [parameter["name"] for parameter in operation["parameters"]] == [
        "q",
        "type",
        "language",
        "section",
        "tag",
        "person",
        "organization",
        "source",
        "year",
        "order",
        "page",
        "page_size",
    ]
    assert list(operation["responses"]) == ["200", "400", "422", "429", "301"]


def test_operations_describe_types_in_words() -> None:
    operation, documents, *_registers = describe_operations(api.get_openapi_schema())

    parameters = {row["name"]: (row["type"], row["default"]) for row in operation["parameters"]}
    responses = {
        name: [(key, kind) for key, kind, _description in fields] for _, name, fields in operation["responses"]
    }
    assert [row["name"] for row in documents["parameters"]] == ["page", "page_size"]
    assert parameters == {
        "q": ("string", ""),
        "type": ("list of one of: article, stamp-issue, person, organization, hotline, document, page, site-page", ""),
        "language": ("one of: en, zh-hans", ""),
        "section": ("list of string", ""),
        "tag": ("list of string", ""),
        "person": ("list of string", ""),
        "organization": ("list of string", ""),
        "source": ("list of string", ""),
        "year": ("list of integer, 1000 to 2999", ""),
        "order": ("one of: relevance, newest, oldest", "relevance"),
        "page": ("integer, 1 to 100000", "1"),
        "page_size": ("integer, 1 to 100", "20"),
    }
    assert responses == {
        "Results": [("count", "integer"), ("results", "list of Result")],
        "Result": [
            ("type", "string"),
            ("id", "integer"),
            ("uri", "string"),
            ("external_id", "string"),
            ("title", "string"),
            ("url", "string"),
            ("published", "date-time"),
            ("snippet", "string"),
        ],
        "Refusal": [("detail", "list of Problem")],
        "Problem": [("type", "string"), ("loc", "list of string or integer"), ("msg", "string")],
    }


@pytest.mark.django_db
def test_description_is_a_page_of_the_portal_without_scripts_of_its_own(client: Client) -> None:
    response = client.get("/api/")
    page = response.content.decode()

    assert response.status_code == 200
    shared_script = '<script type="module" src="/static/portal/suggestions.js"></script>'
    assert re.findall(r"<script|https?://(?!testserver)[a-z.]+", page.replace(shared_script, "")) == []
    assert re.findall(r'<th scope="row"><code>(\w+)</code></th>', page)[:12] == [
        "q",
        "type",
        "language",
        "section",
        "tag",
        "person",
        "organization",
        "source",
        "year",
        "order",
        "page",
        "page_size",
    ]
