import pytest
from django.http import QueryDict

from postportal.search.forms import SearchForm


def form(address: str) -> SearchForm:
    form = SearchForm(QueryDict(address))
    form.full_clean()
    return form


@pytest.mark.parametrize(
    ("address", "parameters"),
    [
        ("", {}),
        ("q=night+mail", {"q": "night mail"}),
        ("q=mail&type=person&type=article", {"q": "mail", "type": ["person", "article"]}),
        ("q=mail&type=nonsense&type=article&type=", {"q": "mail", "type": ["article"]}),
        ("q=mail&order=newest", {"q": "mail", "order": "newest"}),
        ("q=mail&order=relevance", {"q": "mail"}),
        ("q=mail&order=title", {"q": "mail"}),
        ("q=%ED%A0%80mail%FF", {"q": "���mail�"}),
        ("q=ma%00il&order=%00&type=%00", {"q": "ma il"}),
        ("q=a&q=b", {"q": "b"}),
        ("q=a&tag=rail&tag=rail&tag=&person=zhou-mei", {"q": "a", "tag": ["rail"], "person": ["zhou-mei"]}),
        ("q=a&language=en&language=zh-hans", {"q": "a", "language": ["en", "zh-hans"]}),
        ("q=a&year=2021&year=long&language=en", {"q": "a", "year": ["2021"]}),
    ],
)
def test_form_keeps_what_makes_sense(address: str, parameters: dict[str, object]) -> None:
    assert form(address).parameters() == parameters


def test_form_leaves_out_one_filter() -> None:
    assert form("q=mail&type=person&type=article").parameters(without=("type", "person")) == {
        "q": "mail",
        "type": ["article"],
    }
