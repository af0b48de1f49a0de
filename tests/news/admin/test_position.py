import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import news, staff

pytestmark = pytest.mark.django_db


def test_query_count_of_suggestions_does_not_depend_on_their_number() -> None:
    browser = staff.sign_in(role="Editor")
    query = {"app_label": "news", "model_name": "appointment", "field_name": "position", "term": "Director"}
    browser.get("/admin/autocomplete/", query)  # Content types are read once.
    counts = []
    for _ in range(2):
        for _ in range(5):
            news.position()
        with CaptureQueriesContext(connection) as queries:
            assert browser.get("/admin/autocomplete/", query).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]
