"""Telephone numbers in an item that no hotline has."""

import pytest

from news.models import Article
from services.number_faults import number_faults
from tests.factories import services

pytestmark = pytest.mark.django_db


def test_number_that_no_hotline_has_is_found_and_others_are_not() -> None:
    services.short_code_number(services.hotline(), short_code="11185")
    body = "<p>Call 11185 or call 11199.</p>"

    found = [(fault.field, fault.words) for fault in number_faults(Article(body=body), None)]

    assert found == [("body", "11199")]


def test_text_without_figures_has_no_numbers() -> None:
    assert list(number_faults(Article(body="<p>Call us.</p>"), None)) == []
