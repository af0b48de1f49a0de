import json
import re

from django.test import Client
from pytest_django import Settings

from postportal.api.views import api


def test_operations_are_named_for_people_and_have_examples() -> None:
    operation = api.get_openapi_schema()["paths"]["/api/search"]["get"]

    assert (operation["operationId"], operation["tags"]) == ("searchArchive", ["Search"])
    assert [row["name"] for row in operation["parameters"] if "example" not in row] == []
    example = operation["responses"][200]["content"]["application/json"]["example"]
    assert list(example["results"][0]) == list(
        api.get_openapi_schema()["components"]["schemas"]["Result"]["properties"]
    )


def test_every_schema_is_used_and_every_enum_is_there_once() -> None:
    text = json.dumps(api.get_openapi_schema())

    names = list(json.loads(text)["components"]["schemas"])
    enums = re.findall(r'"enum": \[[^]]*\]', text)
    assert [name for name in names if f'"$ref": "#/components/schemas/{name}"' not in text] == []
    assert sorted(set(enums)) == sorted(enums)
    assert '"null"' not in json.dumps(json.loads(text)["paths"])


def test_throttled_response_is_described_with_its_header() -> None:
    responses = api.get_openapi_schema()["paths"]["/api/search"]["get"]["responses"]

    assert list(responses[429]["headers"]) == ["Retry-After"]


def test_server_and_contact_are_those_of_the_site(client: Client, settings: Settings) -> None:
    settings.SITE_URL = ""
    without = client.get("/api/openapi.json").json()
    settings.SITE_URL = "https://post.example/"
    configured = client.get("/api/openapi.json", HTTP_HOST="localhost").json()

    assert (without["servers"], "contact" in without["info"]) == ([{"url": "/"}], False)
    assert configured["servers"] == [{"url": "https://post.example"}]
    assert configured["info"]["contact"]["url"] == "https://post.example/contact/"
    assert [tag["name"] for tag in configured["tags"]] == ["Search", "Registers", "Documents"]
