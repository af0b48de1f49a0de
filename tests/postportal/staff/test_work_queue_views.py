import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from postportal.staff import work_queue_views
from tests.factories import news, staff

pytestmark = pytest.mark.django_db


def test_lists_require_login(client: Client) -> None:
    urls = ["/admin/waiting/stale/", "/admin/calendar/", "/admin/find/", "/admin/find/suggestions/"]

    assert [client.get(url).status_code for url in urls] == [302] * 4


def test_unknown_queue_is_not_found() -> None:
    assert staff.sign_in().get("/admin/waiting/nothing/").status_code == 404


def test_queue_with_its_own_url_redirects() -> None:
    assert staff.sign_in().get("/admin/waiting/coming/")["Location"] == "/admin/calendar/"


def test_items_link_to_their_forms() -> None:
    day = timezone.localdate() - dt.timedelta(days=1)
    article = news.article("Night <mail>", review_on=day)

    page = staff.sign_in(role="Editor").get("/admin/waiting/stale/")

    assert [(item.text, item.url) for item in page.context["items"]] == [
        ("Night <mail>", f"/admin/news/article/{article.pk}/change/")
    ]
    assert "<strong>Night &lt;mail&gt;</strong>" in page.content.decode()


def test_empty_queue_shows_a_message() -> None:
    assert "Nothing to do here." in staff.sign_in().get("/admin/waiting/stale/").content.decode()


def test_queue_of_another_role_is_not_found() -> None:
    assert staff.sign_in(role="Service desk").get("/admin/waiting/decorative/").status_code == 404


def test_truncated_list_names_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(2):
        news.article(f"Story {number}", review_on=timezone.localdate())
    page = staff.sign_in().get("/admin/waiting/stale/")
    assert (page.context["is_truncated"], "Showing the first" in page.content.decode()) == (False, False)

    monkeypatch.setattr(work_queue_views, "MAX_ITEMS", 2)
    page = staff.sign_in().get("/admin/waiting/stale/")

    assert page.context["is_truncated"] is True
    assert "Showing the first 2 items." in page.content.decode()
