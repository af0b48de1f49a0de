import pytest
from django.http import QueryDict

from postportal.search.facet_panel import (
    MAX_OPTIONS,
    ActiveFilter,
    FacetGroup,
    FacetOption,
    active_filters,
    facet_groups,
)
from postportal.search.forms import SearchForm
from postportal.search.results import Results, search
from tests.factories import news
from tests.postportal.search.test_results import AT

pytestmark = pytest.mark.django_db


def search_with(query_string: str) -> tuple[SearchForm, Results]:
    form = SearchForm(QueryDict(query_string))
    form.full_clean()
    return form, search(form.query, at=AT, chosen=form.chosen)


def groups(query_string: str) -> dict[str, FacetGroup]:
    form, results = search_with(query_string)
    return {group.name: group for group in facet_groups(results, form.chosen)}


def test_group_has_the_most_frequent_values_and_the_chosen_one() -> None:
    for number in range(MAX_OPTIONS + 2):
        for article in range(MAX_OPTIONS + 2 - number):
            news.article(f"Copper {number} {article}", tags=[f"topic {number}"])

    frequent = [option.label for option in groups("q=copper")["tag"].options]
    with_chosen = groups("q=copper&tag=topic-5")["tag"].options

    assert frequent == [f"topic {number}" for number in range(MAX_OPTIONS)]
    assert with_chosen[-1] == FacetOption("topic-5", "topic 5", 1, is_chosen=True)
    assert [option.label for option in with_chosen[:-1]] == frequent


def test_group_without_a_choice_is_left_out() -> None:
    news.article("Copper one", section=news.section("News"))

    assert groups("q=copper") == {}

    news.article("Copper two", section=news.section("Messages"))

    assert list(groups("q=copper")) == ["section"]
    assert "year" in groups("q=copper&year=2021")


def test_active_filter_has_the_url_of_the_search_without_it() -> None:
    news.article("Copper", section=news.section("News"))
    form, results = search_with("q=copper+before:2022&section=news&year=2021")

    filters = active_filters(results, form, make_url=repr)

    assert filters == [
        ActiveFilter("News", "{'q': 'copper before:2022', 'year': ['2021']}"),
        ActiveFilter("2021", "{'q': 'copper before:2022', 'section': ['news']}"),
        ActiveFilter("before 2022", "{'q': 'copper', 'section': ['news'], 'year': ['2021']}"),
    ]


def test_language_is_one_choice_with_the_counts_of_what_it_shows() -> None:
    news.person("Copper", "Mei")
    news.article("Copper one")
    news.article("Copper two", language="zh-hans")
    news.article("Copper three", language="zh-hans")

    def languages(query_string: str) -> list[FacetOption]:
        group = groups(query_string)["language"]
        assert group.is_single
        return group.options

    english, chinese, every = languages("q=copper")
    assert (english.label, english.count, english.is_chosen) == ("English (this page’s language)", 2, True)
    assert (chinese.value, chinese.count, chinese.is_chosen) == ("zh-hans", 3, False)
    assert (every.value, every.count, every.is_chosen) == ("all", 4, False)
    assert [option.is_chosen for option in languages("q=copper&language=all")] == [False, False, True]
    assert [option.is_chosen for option in languages("q=copper&language=")] == [False, False, True]


def test_language_has_a_removable_filter_only_if_it_was_chosen() -> None:
    news.article("Copper")

    def labels(query_string: str) -> list[str]:
        form, results = search_with(query_string)
        return [active.label for active in active_filters(results, form, make_url=repr)]

    assert labels("q=copper") == labels("q=copper&language=en") == []
    assert labels("q=copper&language=all") == ["All languages"]
    assert "language" not in groups("q=copper")
