"""Checks of items, and their part of the side panel."""

from typing import Any

import pytest

from postportal.publishing.checks import Fault, run_checks
from postportal.staff.permissions import change_url
from tests.factories import editorial, news, pages, services, staff

pytestmark = pytest.mark.django_db


def test_panel_names_what_is_wrong_where_and_what_is_fine() -> None:
    author = staff.account("Author")
    article = editorial.draft_article("Boats", by=author, body='<p><a href="/no-such-page/">Timetable</a></p>')

    page = staff.sign_in(author).get(change_url(article))

    detail = "“Timetable” leads to /no-such-page/, which readers cannot open."
    assert page.context["faults"] == [Fault("Dead link", detail, "body", "Timetable")]
    assert 'data-go-to="body" data-words="Timetable"' in page.content.decode()
    assert "Headings follow each other" in page.context["passed_checks"]


def test_checks_read_the_unpublished_changes_of_a_live_item() -> None:
    article = news.article("Boats", standfirst="By rail.")
    editorial.correction(article, by=staff.account("Editor"), body='<p><a href="/no-such-page/">Timetable</a></p>')

    page = staff.sign_in(role="Editor").get(change_url(article))

    assert [fault.title for fault in page.context["faults"]] == ["Dead link"]


def test_every_kind_of_item_is_checked_and_names_only_in_articles() -> None:
    user = staff.account(is_superuser=True)
    items = [news.article("A", standfirst="S"), pages.page("P"), services.stamp_issue("I")]

    passed = [run_checks(item, user=user)[1] for item in items]

    assert [len(texts) for texts in passed] == [11, 10, 11]


def test_new_item_has_no_checks_yet() -> None:
    assert "faults" not in staff.sign_in().get("/admin/news/article/add/").context


def test_number_of_queries_does_not_grow_with_what_is_checked(django_assert_max_num_queries: Any) -> None:
    author = staff.account("Author")
    words = " ".join(f'<a href="/no-such-page-{number}/">Page</a> call 1119{number}' for number in range(9))
    articles = [editorial.draft_article(f"Boats {n}", by=author, body=f"<p>{words}</p>" * n) for n in (1, 20)]
    browser = staff.sign_in(author)
    counts = []
    for article in articles:
        browser.get(change_url(article))
        with django_assert_max_num_queries(60) as queries:
            browser.get(change_url(article))
        counts.append(len(queries))

    assert counts[0] == counts[1]
