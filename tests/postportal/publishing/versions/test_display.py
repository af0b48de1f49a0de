"""Plain text of fields, tags, links and child rows."""

import datetime as dt
from typing import Any

import pytest

from news.models import Article
from postportal.publishing.versions.display import field_label, field_text, html_to_text
from services.models import StampIssue
from tests.factories import news, services


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>By rail.</p><p>At  night &amp; day.</p>", "By rail.\nAt night & day."),
        ("<ul><li>One</li><li>Two</li></ul>", "One\nTwo"),
        ("<table><tr><td>Zone</td><td>Price</td></tr></table>", "Zone | Price |"),
        ('<figure><img src="/a.png" alt="A van"></figure>', "[A van]"),
        ("<p>Price <s>8</s> <del>7</del> 6</p>", "Price ~~8~~ ~~7~~ 6"),
        ("<pre>a\nb</pre><dl><dt>c</dt><dd>d</dd></dl>", "a\nb\nc\nd"),
        ("<p>One\nline</p><hr><p></p>", "One line"),
    ],
)
def test_html_becomes_one_line_for_each_block(html: str, text: str) -> None:
    assert html_to_text(html) == text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "name", "value", "text"),
    [
        (Article, "is_featured", True, "Yes"),
        (Article, "is_featured", False, "No"),
        (Article, "standfirst", "", "(empty)"),
        (Article, "title", None, "(empty)"),
        (Article, "body", "<p>By rail.</p>", "By rail."),
        (Article, "source", 4711, "(empty)"),
        (Article, "expire_at", "2026-03-20T16:00:00+00:00", "21 March 2026, 00:00"),
        (StampIssue, "kind", "definitive", "Definitive"),
    ],
)
def test_value_of_a_field_is_shown_in_words(model: Any, name: str, value: Any, text: str) -> None:
    assert field_text(model, "fields", name, value) == text


@pytest.mark.django_db
def test_related_rows_are_shown_by_name() -> None:
    source, partner = news.source("Highland Courier"), news.organization("Highland Post")

    assert field_text(Article, "fields", "source", source.pk) == "Highland Courier"
    assert field_text(StampIssue, "links", "partners", [partner.pk]) == "Highland Post"
    assert field_text(Article, "tags", "tags", ["rail", "snow"]) == "rail, snow"
    assert [field_text(Article, section, name, []) for section, name in (("tags", "tags"), ("parts", "mentions"))] == [
        "(empty)"
    ] * 2


@pytest.mark.django_db
def test_child_rows_are_shown_with_the_fields_that_are_filled_in() -> None:
    issue = services.stamp_issue(issued_on=dt.date(2026, 3, 20))
    row = {"pk": 1, "issue": issue.pk, "position": 1, "name": "Courier", "rate_name": ""}

    assert field_text(StampIssue, "parts", "stamps", [row]) == "• position in the set: 1; name: Courier"


def test_labels_start_with_a_capital() -> None:
    assert field_label(Article, "fields", "title") == "Title"
    assert field_label(StampIssue, "parts", "stamps") == "Stamps"
