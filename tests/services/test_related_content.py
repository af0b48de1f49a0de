import datetime as dt
import re
from typing import Any

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from news.models import Organization, Person
from postportal.publishing.models import State
from tests.factories import news, services

pytestmark = pytest.mark.django_db

LATER = timezone.now() + dt.timedelta(days=30)


def rendered(source: str, **context: Any) -> str:
    template = engines["django"].from_string("{% load stamp_issues %}" + source)
    return template.render(context, RequestFactory().get("/"))


def of_organization(organization: Organization) -> str:
    return rendered("{% services_of organization %}", organization=organization)


def of_person(person: Person) -> str:
    return rendered("{% stamps_of person %}", person=person)


def titles(html: str) -> list[str]:
    return re.findall(r"<li><span><a [^>]+>([^<]+)</a>", html)


def test_organization_shows_the_services_it_runs_and_whom_to_call() -> None:
    post = news.organization()
    letters = services.service("Letters", organization=post)
    services.service("Savings")
    services.short_code_number(services.hotline("Letters and parcels", service=letters))

    html = of_organization(post)
    assert titles(html) == ["Letters"]
    assert '<a class="num" href="tel:11185" aria-label="Letters and parcels: 11185">11185</a>' in html


@pytest.mark.parametrize("hidden", [{"publish_at": LATER}, {"status": "planned"}, {"status": "retired"}])
def test_numbers_nobody_can_call_are_not_shown(hidden: dict[str, Any]) -> None:
    post = news.organization()
    letters = services.service("Letters", organization=post)
    services.short_code_number(services.hotline(service=letters, **hidden))

    assert "tel:" not in of_organization(post)


def test_organization_shows_what_it_issued_printed_or_shared_newest_first() -> None:
    works = news.organization()
    services.stamp_issue("Issued", issuer=works, issued_on=dt.date(2026, 1, 5))
    printed = services.stamp_issue("Printed", issued_on=dt.date(2026, 3, 5))
    for name in ("Works", "Works, second name"):
        services.credit(printed, name=name, role="printer", organization=works)
    services.stamp_issue("Shared", issued_on=dt.date(2026, 2, 5)).partners.add(works)
    services.stamp_issue("Of others", issuer=news.organization())

    html = of_organization(works)
    assert titles(html) == ["Printed", "Shared", "Issued"]
    assert "3 stamp issues" in html


def test_person_shows_the_issues_that_name_the_person() -> None:
    designer = news.person()
    issue = services.stamp_issue("Mail Roads", issued_on=dt.date(2026, 3, 20))
    services.credit(issue, person=designer)
    services.credit(issue, person=designer, role="engraver")
    services.stamp_issue("Of others")

    html = of_person(designer)
    assert titles(html) == ["Mail Roads"]
    assert "1 stamp issue<" in html
    assert '<time datetime="2026-03-20">20 March 2026</time>' in html


@pytest.mark.parametrize(
    "hidden",
    [{"state": State.DRAFT}, {"publish_at": LATER}, {"state": State.UNPUBLISHED, "withdrawal_reason": "Recalled"}],
)
def test_hidden_issues_are_neither_shown_nor_counted(hidden: dict[str, Any]) -> None:
    works, designer = news.organization(), news.person()
    issue = services.stamp_issue("Secret", issuer=works, **hidden)
    services.credit(issue, person=designer)

    assert (of_organization(works).strip(), of_person(designer).strip()) == ("", "")


def test_nothing_is_shown_where_there_is_nothing() -> None:
    assert (of_organization(news.organization()).strip(), of_person(news.person()).strip()) == ("", "")


def test_many_issues_are_counted_and_the_newest_shown() -> None:
    works = news.organization()
    for n in range(13):
        services.stamp_issue(f"Issue {n}", issuer=works, issued_on=dt.date(2026, 1, 1 + n))

    html = of_organization(works)
    assert titles(html) == [f"Issue {n}" for n in range(12, 0, -1)]
    assert "13 stamp issues" in html
    assert '<a class="more" href="/stamps/">' in html


def test_undated_issue_is_told_by_its_number_or_its_year() -> None:
    works = news.organization()
    services.stamp_issue("Numbered", issuer=works, issued_on=None, year=2017, number=13)
    services.stamp_issue("Of a year", issuer=works, issued_on=None, year=2016)
    services.stamp_issue("Unknown", issuer=works, issued_on=None)

    assert sorted(re.findall(r'<span class="n">([^<]*)</span>', of_organization(works))) == ["", "2016", "2017-13"]


def test_titles_are_in_the_language_of_the_page() -> None:
    works = news.organization()
    services.stamp_issue("Mail Roads", title_zh="高原邮路", issuer=works)

    with translation.override("zh-hans"):
        assert 'lang="zh-Hans">高原邮路</a>' in of_organization(works)


def test_stage_is_told_in_words_and_unknown_as_nothing() -> None:
    day = dt.date(2026, 3, 20)
    known, unknown = services.stamp_issue(issued_on=day), services.stamp_issue(issued_on=None)

    assert rendered("{{ a|stage_on:day }}/{{ b|stage_on:day }}", a=known, b=unknown, day=day) == "Issued/"


@pytest.mark.parametrize("rows", [1, 50])
def test_tags_take_the_same_queries_for_one_row_and_for_fifty(
    rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    post, designer = news.organization(), news.person()
    for _ in range(rows):
        services.short_code_number(services.hotline(service=services.service(organization=post)))
        services.credit(services.stamp_issue(issuer=post), person=designer)

    with django_assert_num_queries(5):
        of_organization(post)
    with django_assert_num_queries(2):
        of_person(designer)
