import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import images, pages, staff

pytestmark = pytest.mark.django_db


def test_home_counts_in_one_query() -> None:
    browser = staff.sign_in()
    browser.get("/admin/")

    with CaptureQueriesContext(connection) as queries:
        browser.get("/admin/")

    assert len(queries) <= 12


def test_home_escapes_recent_actions() -> None:
    user = staff.account("Editor")
    browser = staff.sign_in(user)
    browser.post("/admin/taggit/tag/add/", {"name": "<b>rail</b>", "slug": "rail"})

    page = browser.get("/admin/").content.decode()

    assert "&lt;b&gt;rail&lt;/b&gt;" in page
    assert "<b>rail" not in page


def test_login_shows_the_site_name_and_a_link_back(client: Client) -> None:
    pages.site_settings(name="Yunhai <Post>")

    page = client.get("/admin/login/").content.decode()

    assert "<h1>Yunhai &lt;Post&gt; staff</h1>" in page
    assert '<a href="/">Back to the website</a>' in page


def test_login_error_does_not_reveal_usernames(client: Client) -> None:
    user = staff.account("Editor")
    answers = [
        client.post("/admin/login/", {"username": name, "password": "wrong"}).context["form"].errors.as_json()
        for name in (user.username, "nobody")
    ]

    assert answers[0] == answers[1]


def test_login_ignores_a_next_url_of_another_site(client: Client) -> None:
    user = staff.account()
    user.set_password("a long way to the post office")
    user.save()
    credentials = {
        "username": user.username,
        "password": "a long way to the post office",
        "next": "//elsewhere.example/",
    }

    answer = client.post("/admin/login/", credentials)

    assert (answer.status_code, answer["Location"]) == (302, "/admin/")


def test_app_page_still_lists_its_models() -> None:
    assert staff.sign_in().get("/admin/news/").status_code == 200


def test_autocomplete_returns_thumbnails() -> None:
    image = images.image(title="Van")
    query = {"app_label": "news", "model_name": "article", "field_name": "lead_image", "term": "van"}

    answer = staff.sign_in(role="Author").get("/admin/autocomplete/", query)

    assert answer.json()["results"] == [{"id": str(image.pk), "text": "Van", "thumbnail": f"/media/{image.file.name}"}]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"app_label": "auth", "model_name": "user", "field_name": "password"},
        {"app_label": "news", "model_name": "article", "field_name": "created_by"},
        {"app_label": "news", "model_name": "article", "field_name": "section__articles"},
        {"app_label": "no", "model_name": "such", "field_name": "thing"},
        {"app_label": "services", "model_name": "stamp", "field_name": "issue"},
    ],
)
def test_autocomplete_is_denied_without_permission(query: dict[str, str]) -> None:
    assert staff.sign_in(role="Author").get("/admin/autocomplete/", query).status_code == 403


def test_password_change_done_page_is_not_cached() -> None:
    answer = staff.sign_in().get("/admin/password_change/done/")

    assert "no-store" in answer["Cache-Control"]
