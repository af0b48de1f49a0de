import datetime as dt
from collections import defaultdict
from typing import Any

import pytest
from django.template import engines
from django.test import RequestFactory

from news.models import Organization, Person
from postportal.web import related_content
from postportal.web.related_content import register_related_content, related_content_for


@pytest.fixture(autouse=True)
def _no_related_content(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(related_content, "_sources", defaultdict(list))


def render(row: Any) -> str:
    template = engines["django"].from_string("{% related_content row %}")
    return template.render({"row": row}, RequestFactory().get("/"))


def register_year_digits(model_label: str, year: int) -> None:
    @register_related_content(model_label, template="components/_year_digits.html")
    def context(row: Any, at: dt.datetime) -> dict[str, Any]:
        return {"year": year}


def test_page_without_related_content_shows_none() -> None:
    assert (related_content_for(Person()), render(Person())) == ([], "")


def test_related_content_is_shown_in_order_of_registration() -> None:
    register_year_digits("news.person", 2026)
    register_year_digits("news.person", 1984)

    html = render(Person())

    assert html.index('<span class="visually-hidden">2026</span>') < html.index("1984</span>")
    assert html.count("visually-hidden") == 2


def test_related_content_of_another_model_is_not_shown() -> None:
    register_year_digits("news.person", 2026)

    assert render(Organization()) == ""


def test_context_function_gets_the_row_and_the_time_of_the_request() -> None:
    calls = []

    @register_related_content("news.person", template="components/_year_digits.html")
    def context(row: Any, at: dt.datetime) -> dict[str, Any]:
        calls.append((row, at))
        return {"year": at.year}

    person, request = Person(), RequestFactory().get("/")
    request.request_time = dt.datetime(2031, 5, 1, tzinfo=dt.UTC)  # type: ignore[attr-defined]
    engines["django"].from_string("{% related_content row %}").render({"row": person}, request)

    assert calls == [(person, request.request_time)]  # type: ignore[attr-defined]
