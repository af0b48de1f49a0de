"""Rendering of pages that are not public yet."""

import datetime as dt
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from postportal.publishing.models import Revision, State
from postportal.publishing.previews.banner import PreviewBanner
from postportal.publishing.previews.rendering import language_of, reader_request, render_content
from postportal.publishing.versions import snapshots
from tests.factories import news, pages

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 20, 12, tzinfo=dt.UTC)
BANNER = PreviewBanner(label="Preview", text="of a draft")


def render(item: Any, content: Any = None, **headers: str) -> HttpResponse:
    request = RequestFactory().post("/admin/", {"title": "x"}, headers=headers)
    return render_content(item, content, request=request, at=NOW, banner=BANNER)


def test_draft_is_rendered_as_if_it_were_published_and_nothing_is_stored() -> None:
    article = news.article("Night mail", standfirst="By rail.", state=State.DRAFT, publish_at=None)
    before = snapshots.serialize(article)

    answer = render(article)

    assert (answer.status_code, "By rail." in answer.text, "of a draft" in answer.text) == (200, True, True)
    article.refresh_from_db()
    assert (article.state, article.publish_at, Revision.objects.count()) == (State.DRAFT, None, 0)
    assert snapshots.serialize(article) == before


def test_content_is_rendered_instead_of_the_rows() -> None:
    article = news.article("Old title", standfirst="By rail.")
    content = snapshots.serialize(article)
    content["fields"]["title"] = "New title"

    answer = render(article, content)

    assert ("New title" in answer.text, "Old title" in answer.text) == (True, False)
    assert type(article).objects.get().title == "Old title"


def test_expired_item_is_rendered() -> None:
    article = news.article("Night mail", standfirst="By rail.", expire_at=NOW - dt.timedelta(days=1))

    assert render(article).status_code == 200


def test_url_of_another_item_is_explained() -> None:
    pages.page("Taken", path="about")
    draft = pages.page("Draft", path="elsewhere", state=State.DRAFT)
    content = snapshots.serialize(draft)
    content["fields"]["path"] = "about"

    answer = render(draft, content)

    assert (answer.status_code, "Another page in this language already uses this URL." in answer.text) == (409, True)


def test_headers_of_the_staff_user_do_not_reach_the_page() -> None:
    request = RequestFactory().post(
        "/admin/?q=1",
        {"title": "x"},
        headers={"Cookie": "sessionid=secret", "If-None-Match": "*", "Range": "bytes=0-", "Authorization": "Basic x"},
    )

    reading = reader_request(request, "/news/%E9%82%AE/", at=NOW, banner=BANNER)

    assert (reading.method, reading.path, reading.META["QUERY_STRING"]) == ("GET", "/news/邮/", "")
    assert (reading.COOKIES, reading.body, reading.user.is_authenticated) == ({}, b"", False)
    assert not {"HTTP_IF_NONE_MATCH", "HTTP_RANGE", "HTTP_AUTHORIZATION", "CONTENT_TYPE"} & set(reading.META)
    assert reading.request_time == NOW  # type: ignore[attr-defined]


def test_language_is_that_of_the_item() -> None:
    assert language_of(news.article(language="zh-hans")) == "zh-hans"
    assert language_of(object()) == "en"
