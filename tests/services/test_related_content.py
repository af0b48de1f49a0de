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
from tests.layout import folded

pytestmark = pytest.mark.django_db

LATER = timezone.now() + dt.timedelta(days=30)


def render(row: Organization | Person) -> str:
    template = engines["django"].from_string("{% related_content row %}")
    return folded(template.render({"row": row}, RequestFactory().get("/")))


def titles(html: str) -> list[str]:
    return re.findall(r"<li><span><a [^>]+>([^<]+)</a>", html)


def test_organization_shows_its_services_with_their_hotlines() -> None:
    post = news.organization()
    letters = services.service("Letters", organization=post)
    services.service("Savings")
    services.short_code_number(services.hotline("Letters and parcels", service=letters))

    html = render(post)
    assert titles(html) == ["Letters"]
    assert '<a class="number" href="tel:11185" aria-label="Letters and parcels: 11185">11185</a>' in html


def test_numbers_of_hidden_and_inactive_hotlines_are_not_shown() -> None:
    post = news.organization()
    letters = services.service("Letters", organization=post)
    services.short_code_number(services.hotline(service=letters, publish_at=LATER))
    services.planned_hotline(service=letters)
    services.retired_hotline(service=letters)

    assert "tel:" not in render(post)


def test_organization_shows_issues_it_issued_printed_or_shared_newest_first() -> None:
    works = news.organization()
    services.stamp_issue("Issued", issuer=works, issued_on=dt.date(2026, 1, 5))
    printed = services.stamp_issue("Printed", issued_on=dt.date(2026, 3, 5))
    for name in ("Works", "Works, second name"):
        services.credit(printed, name=name, role="printer", organization=works)
    services.stamp_issue("Shared", issued_on=dt.date(2026, 2, 5)).partners.add(works)
    services.stamp_issue("Of others", issuer=news.organization())

    html = render(works)
    assert titles(html) == ["Printed", "Shared", "Issued"]
    assert "3 stamp issues" in html


def test_person_shows_the_issues_credited_to_them() -> None:
    designer = news.person()
    issue = services.stamp_issue("Mail Roads", issued_on=dt.date(2026, 3, 20))
    services.credit(issue, person=designer)
    services.credit(issue, person=designer, role="engraver")
    services.stamp_issue("Of others")

    html = render(designer)
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

    assert (render(works).strip(), render(designer).strip()) == ("", "")


def test_row_without_services_or_issues_shows_nothing() -> None:
    assert (render(news.organization()).strip(), render(news.person()).strip()) == ("", "")


def test_all_issues_are_counted_and_the_newest_shown() -> None:
    works = news.organization()
    for n in range(13):
        services.stamp_issue(f"Issue {n}", issuer=works, issued_on=dt.date(2026, 1, 1 + n))

    html = render(works)
    assert titles(html) == [f"Issue {n}" for n in range(12, 0, -1)]
    assert "13 stamp issues" in html
    assert '<a class="more-link" href="/stamps/">' in html


def test_undated_issue_shows_its_number_or_year() -> None:
    works = news.organization()
    services.stamp_issue("Numbered", issuer=works, issued_on=None, year=2017, number=13)
    services.stamp_issue("Of a year", issuer=works, issued_on=None, year=2016)
    services.stamp_issue("Unknown", issuer=works, issued_on=None)

    assert sorted(re.findall(r'<span class="detail">([^<]*)</span>', render(works))) == ["", "2016", "2017-13"]


def test_titles_are_in_the_language_of_the_page() -> None:
    works = news.organization()
    services.stamp_issue("Mail Roads", title_zh="高原邮路", issuer=works)

    with translation.override("zh-hans"):
        assert 'lang="zh-Hans">高原邮路</a>' in render(works)


@pytest.mark.parametrize("rows", [1, 50])
def test_query_count_is_the_same_for_one_row_and_for_fifty(
    rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    post, designer = news.organization(), news.person()
    for _ in range(rows):
        services.short_code_number(services.hotline(service=services.service(organization=post)))
        services.credit(services.stamp_issue(issuer=post), person=designer)

    with django_assert_num_queries(2):
        render(post)
    with django_assert_num_queries(1):
        render(designer)
