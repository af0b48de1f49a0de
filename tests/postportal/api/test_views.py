import pytest
from django.test import Client

from postportal.api.views import api


@pytest.mark.django_db
def test_every_operation_is_described_on_the_page(client: Client) -> None:
    page = client.get("/api/").content.decode()

    paths = api.get_openapi_schema()["paths"]
    assert [f"<code>GET {path}</code>" in page for path in paths] == [True] * 5


def test_openapi_schema_leaves_head_out(client: Client) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]

    assert {path: list(methods) for path, methods in paths.items()} == {
        f"/api/{name}": ["get"] for name in ("search", "documents", "people", "services", "stamps")
    }
