import pytest
from django.apps import apps
from django.contrib import admin

from news.models import Article
from postportal.outbox.models import OutboxEvent
from postportal.staff import admin_menu
from postportal.staff.admin_menu import MENU_GROUPS, group_by_subject
from tests.factories import news, services, staff

LABELS = [label for _key, _name, labels in MENU_GROUPS for label in labels]


@pytest.mark.parametrize("label", LABELS)
def test_every_label_is_an_installed_model_in_the_admin(label: str) -> None:
    assert admin.site.is_registered(apps.get_model(label))


def test_every_registered_model_is_in_one_group() -> None:
    assert sorted(LABELS) == sorted(model._meta.label_lower for model in admin.site._registry)


def menu_entry(model: type) -> dict[str, object]:
    return {"model": model, "name": model.__name__}


def test_groups_are_in_order_and_without_empty_ones() -> None:
    entries = [menu_entry(apps.get_model(label)) for label in ("audit.entry", "services.hotline", "news.article")]

    groups = group_by_subject([{"app_label": "all", "name": "All", "models": entries}])

    assert [group["app_label"] for group in groups] == ["newsroom", "services", "staff"]


def test_models_in_no_group_come_last_under_their_app() -> None:
    known, unknown = menu_entry(Article), menu_entry(OutboxEvent)

    groups = group_by_subject([{"app_label": "outbox", "name": "Outbox", "models": [unknown, known]}])

    assert [(str(group["name"]), group["models"]) for group in groups] == [("Newsroom", [known]), ("Outbox", [unknown])]


@pytest.mark.django_db
def test_home_groups_by_subject_and_counts() -> None:
    for _ in range(3):
        news.article()
    services.hotline()

    groups = staff.sign_in().get("/admin/").context["app_list"]

    counts = {entry["object_name"]: entry["count"] for group in groups for entry in group["models"]}
    assert [str(group["name"]) for group in groups] == [
        *("Newsroom", "Directory", "Services", "Philately", "Site", "Site search", "Accounts"),
    ]
    assert {name: counts[name] for name in ("Article", "Hotline", "Section", "Person")} == {
        "Article": 3,
        "Hotline": 1,
        "Section": 1,
        "Person": 0,
    }


@pytest.mark.django_db
def test_home_lists_only_models_the_role_may_view() -> None:
    groups = staff.sign_in(role="Service desk").get("/admin/").context["app_list"]

    assert {str(group["name"]): [entry["object_name"] for entry in group["models"]] for group in groups} == {
        "Newsroom": ["Release"],
        "Directory": ["Organization"],
        "Services": ["Hotline", "HolidayCalendar", "Service", "ServiceNotice"],
        "Site": ["ContactMessage"],
    }


def test_other_app_adds_its_model_to_the_end_of_a_group(monkeypatch: pytest.MonkeyPatch) -> None:
    groups = [("newsroom", "Newsroom", ["news.article"]), ("site", "Site", ["pages.page"])]
    monkeypatch.setattr(admin_menu, "MENU_GROUPS", groups)

    admin_menu.register_menu_model("tenders.tender", group="newsroom")

    assert [labels for _key, _name, labels in groups] == [["news.article", "tenders.tender"], ["pages.page"]]
