import pytest
from django.http import QueryDict

from postportal.search.forms import SearchForm


def search_form(query_string: str) -> SearchForm:
    form = SearchForm(QueryDict(query_string))
    form.full_clean()
    return form


@pytest.mark.parametrize(
    ("query_string", "parameters"),
    [
        ("", {}),
        ("q=night+mail", {"q": "night mail"}),
        ("q=mail&type=person&type=article", {"q": "mail", "type": ["person", "article"]}),
        ("q=mail&type=nonsense&type=article&type=", {"q": "mail", "type": ["article"]}),
        ("q=mail&order=newest", {"q": "mail", "order": "newest"}),
        ("q=mail&order=relevance", {"q": "mail"}),
        ("q=mail&order=title", {"q": "mail"}),
        ("q=%ED%A0%80mail%FF", {"q": "���mail�"}),
        ("q=ma%00il&order=%00&type=%00", {"q": "mail"}),
        ("q=a&q=b", {"q": "b"}),
        ("q=a&tag=rail&tag=rail&tag=&person=zhou-mei", {"q": "a", "tag": ["rail"], "person": ["zhou-mei"]}),
        ("q=a&language=zh-hans", {"q": "a", "language": ["zh-hans"]}),
        # The default is no choice; both languages and an empty value are.
        ("q=a&language=en", {"q": "a"}),
        ("q=a&language=en&language=zh-hans", {"q": "a", "language": ["all"]}),
        ("q=a&language=all", {"q": "a", "language": ["all"]}),
        ("q=a&language=", {"q": "a", "language": ["all"]}),
        ("q=a&language=xx", {"q": "a"}),
        ("q=a&exact=1", {"q": "a", "exact": "1"}),
        ("q=a&year=2021&year=long&language=en", {"q": "a", "year": ["2021"]}),
    ],
)
def test_form_ignores_invalid_parameters(query_string: str, parameters: dict[str, object]) -> None:
    assert search_form(query_string).parameters() == parameters


def test_one_filter_can_be_left_out() -> None:
    form = search_form("q=mail&type=person&type=article")

    assert form.parameters(without=("type", "person")) == {"q": "mail", "type": ["article"]}
