import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from news.models import Article
from tests.factories import images, news, pages, services, staff

pytestmark = pytest.mark.django_db


def test_home_groups_by_subject_and_counts() -> None:
    for _ in range(3):
        news.article()
    services.hotline()

    groups = staff.sign_in().get("/admin/").context["app_list"]

    counts = {entry["object_name"]: entry["count"] for group in groups for entry in group["models"]}
    assert [str(group["name"]) for group in groups] == [
        *("Newsroom", "Register", "Services", "Philately", "Site", "Archive search", "Staff"),
    ]
    assert {name: counts[name] for name in ("Article", "Hotline", "Section", "Person")} == {
        "Article": 3,
        "Hotline": 1,
        "Section": 1,
        "Person": 0,
    }


def test_home_names_every_model_that_has_a_form() -> None:
    from django.contrib import admin

    groups = staff.sign_in().get("/admin/").context["app_list"]

    shown = [entry["model"] for group in groups for entry in group["models"]]
    assert sorted(model._meta.label for model in shown) == sorted(model._meta.label for model in admin.site._registry)


def test_home_shows_only_what_the_role_may_see() -> None:
    groups = staff.sign_in(role="Service desk").get("/admin/").context["app_list"]

    assert {str(group["name"]): [entry["object_name"] for entry in group["models"]] for group in groups} == {
        "Newsroom": ["Release"],
        "Register": ["Organization"],
        "Services": ["Hotline", "Service", "ServiceNotice"],
        "Site": ["ContactMessage"],
    }


def test_home_counts_in_one_query() -> None:
    browser = staff.sign_in()
    browser.get("/admin/")

    with CaptureQueriesContext(connection) as queries:
        browser.get("/admin/")

    assert len(queries) <= 12


def test_home_lists_recent_actions_as_text() -> None:
    user = staff.account("Editor")
    browser = staff.sign_in(user)
    browser.post("/admin/taggit/tag/add/", {"name": "<b>rail</b>", "slug": "rail"})

    page = browser.get("/admin/").content.decode()

    assert "&lt;b&gt;rail&lt;/b&gt;" in page
    assert "<b>rail" not in page


def test_login_names_the_site_and_the_way_back(client: Client) -> None:
    pages.site_settings(name="Yunhai <Post>")

    page = client.get("/admin/login/").content.decode()

    assert "<h1>Yunhai &lt;Post&gt; staff</h1>" in page
    assert '<a href="/">Back to the public site</a>' in page


def test_login_says_the_same_for_known_and_unknown_names(client: Client) -> None:
    user = staff.account("Editor")
    answers = [
        client.post("/admin/login/", {"username": name, "password": "wrong"}).context["form"].errors.as_json()
        for name in (user.username, "nobody")
    ]

    assert answers[0] == answers[1]


def test_login_with_a_foreign_way_back_leads_home(client: Client) -> None:
    user = staff.account()
    user.set_password("a long way to the post office")
    user.save()
    typed = {"username": user.username, "password": "a long way to the post office", "next": "//elsewhere.example/"}

    answer = client.post("/admin/login/", typed)

    assert (answer.status_code, answer["Location"]) == (302, "/admin/")


def test_app_page_still_lists_its_models() -> None:
    assert staff.sign_in().get("/admin/news/").status_code == 200


def test_suggestions_bring_the_picture_along() -> None:
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
def test_suggestions_tell_nothing_beyond_the_role(query: dict[str, str]) -> None:
    assert staff.sign_in(role="Author").get("/admin/autocomplete/", query).status_code == 403


def test_password_page_that_says_it_is_done_stays_out_of_caches() -> None:
    answer = staff.sign_in().get("/admin/password_change/done/")

    assert "no-store" in answer["Cache-Control"]


def test_what_no_subject_names_comes_last_under_its_app() -> None:
    from postportal.outbox.models import OutboxEvent
    from postportal.staff.admin_menu import group_by_subject

    known, unknown = {"model": Article, "name": "Articles"}, {"model": OutboxEvent, "name": "Events"}

    groups = group_by_subject([{"app_label": "outbox", "name": "Outbox", "models": [unknown, known]}])

    assert [(str(group["name"]), group["models"]) for group in groups] == [("Newsroom", [known]), ("Outbox", [unknown])]
