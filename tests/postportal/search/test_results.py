import datetime as dt

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from news.models import Mention
from postportal.publishing.models import State
from postportal.search.query import parse
from postportal.search.results import Results, search
from tests.factories import news, pages, services

AT = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)

pytestmark = pytest.mark.django_db


def find(typed: str, *, at: dt.datetime = AT, **options: str | list[str]) -> Results:
    return search(parse(typed), at=at, **options)  # type: ignore[arg-type]


def titles(typed: str, *, at: dt.datetime = AT, **options: str | list[str]) -> list[str]:
    return [hit.title for hit in find(typed, at=at, **options)[0:50]]


def test_rows_with_every_word_come_before_rows_with_some() -> None:
    news.article("Night night night", standfirst="Night")
    news.article("A train", standfirst="With the mail", body="<p>Over the <b>mountain</b> at night</p>")
    news.article("A bus", standfirst="Without anything")

    assert titles("night mail mountain") == ["A train", "Night night night"]
    assert titles("valley") == []


def test_search_without_words_finds_nothing() -> None:
    news.article()

    assert (find("").count(), titles(""), titles("%")) == (0, [], [])


@pytest.mark.parametrize("typed", ["100_", "n%t", "_"])
def test_wildcards_of_databases_match_nothing(typed: str) -> None:
    news.article("Night train 1000")

    assert titles(typed + "x") == []


def test_search_finds_every_kind() -> None:
    news.article("Copper one")
    news.person("Copper", "Mei")
    news.organization("Copper Works")
    services.hotline("Copper line")
    services.stamp_issue("Copper bells")
    pages.page("Copper tariff")

    hits = find("copper")[0:10]

    assert sorted((hit.kind.name, hit.title) for hit in hits) == [
        ("article", "Copper one"),
        ("hotline", "Copper line"),
        ("organization", "Copper Works"),
        ("page", "Copper tariff"),
        ("person", "Copper Mei"),
        ("stamp-issue", "Copper bells"),
    ]
    assert find("copper").counts == {
        "article": 1,
        "stamp-issue": 1,
        "person": 1,
        "organization": 1,
        "hotline": 1,
        "document": 0,
        "page": 1,
        "site-page": 0,
    }


def test_people_and_organizations_are_found_by_all_their_names() -> None:
    person = news.person("Hussein", "Bishar", name_zh="侯赛因")
    person.names.create(name="Bishar Abdirahman Hussein")
    organization = news.organization("Universal Postal Union", abbreviation="UPU")
    organization.names.create(name="Union postale universelle")

    assert titles("abdirahman") == ["Hussein Bishar"]
    assert titles("侯赛因") == ["Hussein Bishar"]
    assert titles("upu") == titles("postale universelle") == ["Universal Postal Union"]


def test_hotlines_are_found_by_number_and_issues_by_serial_and_stamp() -> None:
    services.short_code_number(services.hotline("Parcels"), short_code="11185")
    issue = services.stamp_issue("Mail roads", year=2016, number=4)
    services.stamp(issue, name="River ferry", name_zh="渡船")

    assert titles("11185") == ["Parcels"]
    assert titles("2016-4") == titles("ferry") == titles("渡船") == ["Mail roads"]


def test_hit_has_the_position_of_a_person_and_the_number_of_a_hotline() -> None:
    person = news.person("Zhou", "Mei")
    position = news.position("Director", organization=news.organization("Rail Mail"))
    news.appointment(person=person, position=position, from_on=dt.date(2024, 1, 1))
    news.appointment(person=person, position=news.position("Clerk"), until_on=dt.date(2023, 12, 31))
    services.short_code_number(services.hotline("Zhou line"), short_code="11185")

    notes = {hit.kind.name: hit.notes for hit in find("zhou")[0:5]}

    assert notes == {"person": ["Director, Rail Mail"], "hotline": ["11185"]}


def test_article_has_the_position_of_the_person_searched_for_on_its_day() -> None:
    zhou, other = news.person("Zhou", "Mei"), news.person("Li", "Na")
    clerk, director = news.position("Clerk"), news.position("Director")
    news.appointment(person=zhou, position=clerk, until_on=dt.date(2023, 12, 31))
    news.appointment(person=zhou, position=director, from_on=dt.date(2024, 1, 1))
    news.appointment(person=other, position=news.position("Judge"))
    for year in (2020, 2025):
        article = news.article("Zhou speaks", dateline_on=dt.date(year, 5, 1))
        news.mention(zhou, article=article)
        news.mention(other, article=article)

    hits = find("zhou", types=["article"], order="oldest")[0:5]

    assert [hit.notes for hit in hits] == [["News", f"Zhou Mei: {clerk}"], ["News", f"Zhou Mei: {director}"]]


def test_search_in_one_language_also_finds_names() -> None:
    news.article("Copper in English")
    news.article("Copper 铜", language="zh-hans")
    pages.page("Copper page 铜", language="zh-hans")
    news.person("Copper", "Mei")

    assert titles("copper", language="en") == ["Copper Mei", "Copper in English"]
    assert sorted(titles("copper", language="zh-hans")) == ["Copper Mei", "Copper page 铜", "Copper 铜"]


def test_hit_has_the_url_of_the_row() -> None:
    rows = [
        news.article("Copper one"),
        news.article("Copper two", language="zh-hans"),
        news.person("Copper", "Mei"),
        news.organization("Copper Works"),
        services.hotline("Copper line"),
        services.stamp_issue("Copper bells"),
        pages.page("Copper tariff"),
        pages.page("Copper price", language="zh-hans"),
    ]

    urls = {hit.url for hit in find("copper")[0:10]}

    assert urls == {row.get_absolute_url() for row in rows}


def test_search_in_some_types_counts_all_types() -> None:
    news.article("Copper one")
    news.person("Copper", "Mei")

    results = find("copper", types=["person", "unknown"])

    assert ([hit.title for hit in results[0:5]], results.count()) == (["Copper Mei"], 1)
    assert (results.counts["article"], results.counts["person"]) == (1, 1)


def test_names_come_before_titles_and_newer_rows_before_older() -> None:
    news.article("Old copper", dateline_on=dt.date(2020, 1, 1))
    news.article("New copper", dateline_on=dt.date(2022, 1, 1))
    news.article("Newest", standfirst="Copper", dateline_on=dt.date(2023, 1, 1))
    news.organization("Copper Works")
    news.organization("Copper")
    news.person("Copper", "Mei")

    assert titles("copper") == ["Copper", "Copper Mei", "New copper", "Old copper", "Copper Works", "Newest"]


def test_rows_without_a_date_come_last_when_sorted_by_date() -> None:
    news.article("Old copper", dateline_on=dt.date(2020, 1, 1))
    news.article("New", standfirst="copper", dateline_on=dt.date(2022, 1, 1))
    news.organization("Copper Works")
    services.stamp_issue("Copper bells", issued_on=None, slug="bells")

    assert titles("copper", order="newest", types=["article"]) == ["New", "Old copper"]
    assert titles("copper", order="newest")[:2] == ["New", "Old copper"]
    assert titles("copper", order="oldest")[:2] == ["Old copper", "New"]


def test_row_is_found_from_the_second_of_its_publication() -> None:
    publish_at = AT + dt.timedelta(hours=1)
    news.article("Copper one", publish_at=publish_at)
    news.person("Copper", "Mei", publish_at=publish_at)
    news.organization("Copper Works", publish_at=publish_at)
    services.hotline("Copper line", publish_at=publish_at)
    services.stamp_issue("Copper bells", publish_at=publish_at)
    pages.page("Copper tariff", publish_at=publish_at)

    assert (find("copper", at=publish_at - SECOND).count(), titles("copper", at=publish_at - SECOND)) == (0, [])
    assert (find("copper", at=publish_at).count(), len(titles("copper", at=publish_at))) == (6, 6)


def test_drafts_and_unpublished_rows_are_not_found() -> None:
    news.article("Copper draft", state=State.DRAFT)
    news.article("Copper gone", state=State.UNPUBLISHED, withdrawal_reason="Wrong")
    news.article("Copper expired", expire_at=AT)
    services.hotline("Copper line", expire_at=AT)

    assert (find("copper").count(), titles("copper")) == (0, [])


def test_position_under_embargo_is_not_shown() -> None:
    person = news.person("Zhou", "Mei")
    news.appointment(person=person, publish_at=AT + SECOND)

    assert [hit.notes for hit in find("zhou")[0:5]] == [[]]


def test_pages_together_have_every_result() -> None:
    for number in range(7):
        news.article(f"Copper {number}")

    results = find("copper")

    assert [hit.title for start in (0, 3, 6) for hit in results[start : start + 3]] == [
        f"Copper {number}" for number in reversed(range(7))
    ]
    assert results[9:12] == []


def test_one_result_takes_as_many_queries_as_many_results(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    def add(number: int) -> None:
        person = news.person("Copper", f"Mei{number}")
        news.mention(person, article=news.article(f"Copper {number}"))
        Mention.objects.freeze_shown()
        news.appointment(person=person)
        news.organization(f"Copper Works {number}")
        services.short_code_number(services.hotline(f"Copper line {number}"))
        services.stamp_issue(f"Copper bells {number}")
        pages.page(f"Copper tariff {number}")

    add(0)
    titles("copper")
    with django_assert_num_queries(10):
        assert len(find("copper")[0:50]) == 6
    for number in range(1, 8):
        add(number)
    titles("copper")
    with django_assert_num_queries(10):
        assert len(find("copper")[0:50]) == 48


def test_search_in_chinese_has_chinese_names() -> None:
    news.person("Zhou", "Mei", name_zh="周梅")
    news.person("Zhou", "Li")

    with translation.override("zh-hans"):
        assert sorted(titles("zhou")) == ["Zhou Li", "周梅"]


HOSTILE = [
    '"',
    '""" " "" "',
    "night AND OR NOT NEAR(",
    "* ** %% __ \\",
    "'; DROP TABLE news_article; --",
    "\x00",
    "night\x00mail",
    "\ud800",
    "\u202enight",
    "🚂" * 500,
    "x" * 200_000,
    " ".join(f"w{n}" for n in range(10_000)),
    "(" * 5000,
    "a OR " * 3000,
    "{}{0}{{%s%d%(x)s",
    "<script>alert(1)</script>",
    "é́́́́́́́",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_no_text_breaks_the_search(typed: str) -> None:
    news.article("Night mail")

    results = find(typed)

    assert len(results[0:10]) == results.count()
