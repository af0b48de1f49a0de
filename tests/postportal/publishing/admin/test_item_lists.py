"""Columns and filters of the lists of items."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from news.models import Article
from postportal.publishing.models import State
from tests.factories import editorial, images, news, services, staff

pytestmark = pytest.mark.django_db
LIST = "/admin/news/article/"


def titles(browser: Any, url: str = LIST, **query: str) -> list[str]:
    answer = browser.get(url, query)
    assert answer.status_code == 200
    return sorted(row.title for row in answer.context["cl"].result_list)


def page_text(**query: str) -> str:
    text: str = staff.sign_in().get(LIST, query).content.decode()
    return text


def test_list_shows_writer_picture_change_and_review() -> None:
    writer = staff.account("Editor", first_name="Wen", last_name="Hao")
    editorial.submitted_article("In review", by=writer, lead_image=images.image())

    page = page_text()

    assert '<td class="field-writer">Wen Hao</td>' in page
    assert '<img class="thumbnail"' in page
    today = timezone.localtime().strftime("%-d\u00a0%b\u00a0%Y")
    assert f'<td class="field-changed">{today}, ' in page
    assert f'<span class="quiet list-time">Since {today}, ' in page


def test_list_shows_when_items_and_corrections_go_out() -> None:
    writer, publisher = staff.account("Editor"), staff.account("Publisher")
    due = timezone.now() + dt.timedelta(days=2)
    editorial.scheduled_article("Soon", by=writer, scheduled_by=publisher, due_at=due)

    assert timezone.localtime(due).strftime("Public from %-d\u00a0%b\u00a0%Y, %H:%M") in page_text()


def test_change_of_a_correction_is_shown_with_its_writer() -> None:
    live = news.article("Live")
    Article.objects.update(modified_at=news.LONG_AGO)
    editorial.correction(live, by=staff.account("Editor", first_name="Li", last_name="Na"), title="Other")

    assert "Li Na" in page_text().split("field-changed")[1].split("</td>")[0]


@pytest.fixture
def writer() -> Any:
    return staff.account("Editor", username="wen", first_name="Wen", last_name="Hao")


@pytest.fixture
def rows(writer: Any) -> None:
    publisher = staff.account("Publisher")
    gazette = news.source("Harbour Gazette")
    editorial.draft_article("Draft", by=writer, source=gazette, tags=["Night trains"])
    editorial.submitted_article("Review", by=writer, lead_image=images.image())
    editorial.scheduled_article("Scheduled", by=publisher, scheduled_by=staff.account("Publisher"))
    news.article("Live", tags=["night trains"], language="zh-hans")
    editorial.correction(news.article("Corrected"), by=writer, standfirst="New.")
    news.article("Old")
    Article.objects.filter(title__in=["Old", "Corrected"]).update(modified_at=news.LONG_AGO)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"work": "mine"}, ["Corrected", "Draft", "Review"]),
        ({"work": "draft"}, ["Corrected", "Draft"]),
        ({"work": "review"}, ["Review"]),
        ({"work": "approved"}, []),
        ({"work": "scheduled"}, ["Scheduled"]),
        ({"work": "changes"}, ["Corrected"]),
        ({"writer": "hao wen"}, ["Corrected", "Draft", "Review"]),
        ({"writer": "nobody"}, []),
        ({"tag": "NIGHT  trains"}, ["Draft", "Live"]),
        ({"tag": "unknown"}, []),
        ({"source": "gazette"}, ["Draft"]),
        ({"changed": "today"}, ["Corrected", "Draft", "Live", "Review", "Scheduled"]),
        ({"picture": "yes"}, ["Review"]),
        ({"picture": "no", "work": "mine"}, ["Corrected", "Draft"]),
        ({"work": "mine", "tag": "night trains", "q": "by rail"}, ["Draft"]),
        (
            {"work": "unknown", "changed": "never", "picture": "?"},
            ["Corrected", "Draft", "Live", "Old", "Review", "Scheduled"],
        ),
    ],
)
def test_filter_keeps(rows: None, writer: Any, query: dict[str, str], found: list[str]) -> None:
    assert titles(staff.sign_in(writer), **query) == found


def test_typed_filter_keeps_the_others_and_can_be_removed(rows: None) -> None:
    page = page_text(tag="night trains", work="draft", p="1")

    assert '<input type="hidden" name="work" value="draft">' in page
    assert '<a href="?work=draft">Remove filter</a>' in page
    assert '<option value="Harbour Gazette"></option>' in page
    assert '<option value="Wen Hao"></option>' in page


@pytest.mark.parametrize("url", ["/admin/pages/page/", "/admin/services/stampissue/"])
def test_other_items_have_the_filters_too(url: str) -> None:
    services.stamp_issue("Viaducts", state=State.DRAFT, publish_at=None)

    assert titles(staff.sign_in(), url, work="mine", writer="nobody", changed="7") == []
