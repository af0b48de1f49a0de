from typing import Any

import pytest
from django.apps import apps as installed
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.state import ProjectState
from django.urls import reverse

from postportal import roles
from postportal.audit.models import Entry
from postportal.roles import ADMINISTRATOR, INLINE_MODELS, ROLES, permissions_of, sync_roles
from tests.factories import news, staff

pytestmark = pytest.mark.django_db


def stored_permissions(name: str) -> set[tuple[str, str]]:
    return set(Group.objects.get(name=name).permissions.values_list("content_type__app_label", "codename"))


MODEL_LABELS = {
    *(label for permissions in ROLES.values() for label in permissions),
    *INLINE_MODELS,
    *(label for labels in INLINE_MODELS.values() for label in labels),
}


@pytest.mark.parametrize("label", sorted(MODEL_LABELS))
def test_every_label_is_an_installed_model(label: str) -> None:
    assert installed.get_model(label)._meta.label_lower == label


@pytest.mark.parametrize("role", ROLES)
def test_every_permission_of_a_role_exists(role: str) -> None:
    codenames = Permission.objects.values_list("content_type__app_label", "codename")

    assert permissions_of(role) - set(codenames) == set()


@pytest.mark.parametrize("role", ROLES)
def test_group_has_exactly_the_permissions_of_the_table(role: str) -> None:
    assert stored_permissions(role) == permissions_of(role)


def test_migration_restores_roles_that_were_changed_or_deleted() -> None:
    author = Group.objects.get(name="Author")
    author.permissions.set(Permission.objects.filter(codename__in=["view_article", "delete_user"]))
    Group.objects.get(name="Viewer").delete()

    call_command("migrate", verbosity=0)

    assert {role: stored_permissions(role) for role in ROLES} == {role: permissions_of(role) for role in ROLES}
    assert Group.objects.get(name="Author").pk == author.pk


def test_migration_leaves_other_groups_and_the_audit_log_alone() -> None:
    own = Group.objects.create(name="Archivist")
    own.permissions.set(Permission.objects.filter(codename="view_article"))
    Group.objects.get(name="Viewer").permissions.clear()
    logged = Entry.objects.count()

    call_command("migrate", verbosity=0)

    assert stored_permissions("Archivist") == {("news", "view_article")}
    assert stored_permissions("Viewer") == permissions_of("Viewer")
    assert Entry.objects.count() == logged


def test_permissions_of_an_app_without_tables_are_left_out() -> None:
    Permission.objects.filter(content_type__app_label="legacy").delete()
    state = ProjectState.from_apps(apps_without("legacy"))

    sync_roles(using=connection.alias, apps=state.apps)

    assert stored_permissions("Editor") == {(app, name) for app, name in permissions_of("Editor") if app != "legacy"}


def apps_without(label: str) -> Any:
    class Remaining:
        def get_models(self, **kwargs: Any) -> list[type[models.Model]]:
            return [model for model in installed.get_models(**kwargs) if model._meta.app_label != label]

    return Remaining()


def test_database_without_accounts_has_no_roles() -> None:
    before = {role: stored_permissions(role) for role in ROLES}

    sync_roles(using=connection.alias, apps=ProjectState().apps)

    assert {role: stored_permissions(role) for role in ROLES} == before


@pytest.mark.parametrize(
    ("role", "publishes"),
    [
        ("Author", set()),
        ("Editor", {"publish_article", "publish_page"}),
        (
            "Publisher",
            {"publish_article", "publish_page", "publish_stampissue", "publish_hotline", "publish_servicenotice"},
        ),
        ("Philatelist", {"publish_stampissue"}),
        # A disruption cannot wait for a second person.
        ("Service desk", {"publish_servicenotice"}),
        ("Viewer", set()),
    ],
)
def test_role_publishes_its_own_subjects_only(role: str, publishes: set[str]) -> None:
    assert {name for _, name in permissions_of(role) if name.startswith("publish_")} == publishes


def test_other_app_adds_the_permissions_of_its_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roles, "ROLES", {"Author": {}, "Viewer": {}})

    roles.register_permissions("tenders.tender", {"Author": "vp"})

    assert permissions_of("Author") == {("tenders", "view_tender"), ("tenders", "publish_tender")}
    assert permissions_of("Viewer") == set()


def test_viewer_views_and_exports() -> None:
    assert {name.split("_")[0] for _, name in permissions_of("Viewer")} == {"view", "export"}


def test_nobody_but_administrators_manages_accounts() -> None:
    assert permissions_of(ADMINISTRATOR) == {
        *(("auth", f"{action}_user") for action in ("view", "add", "change")),
        ("auth", "view_group"),
    }
    assert {app for role in ROLES if role != ADMINISTRATOR for app, _ in permissions_of(role)} == {
        "news",
        "services",
        "pages",
        "images",
        "documents",
        "taggit",
        "legacy",
        "publishing",
        "search",
        "interchange",
    }


LISTS = {
    "Author": {"news:article", "images:image", "news:person"},
    "Philatelist": {"services:stampissue", "services:service", "images:image", "news:person"},
    "Service desk": {"services:hotline", "services:service", "pages:contactmessage"},
    "": set(),
}


@pytest.mark.parametrize("role", LISTS)
@pytest.mark.parametrize(
    "listing",
    [
        *("news:article", "news:person", "images:image", "services:stampissue", "services:hotline"),
        *("services:service", "pages:contactmessage", "pages:menuitem", "auth:user", "auth:group"),
    ],
)
def test_lists_can_be_opened_only_by_their_roles(role: str, listing: str) -> None:
    browser = staff.sign_in(staff.account(role))

    answer = browser.get(reverse(f"admin:{listing.replace(':', '_')}_changelist"))

    assert answer.status_code == (200 if listing in LISTS[role] else 403)


def test_home_of_an_account_without_role_explains_why_it_is_empty() -> None:
    answer = staff.sign_in(staff.account()).get("/admin/")

    assert answer.context["app_list"] == []
    assert "Your account has no permissions yet." in answer.content.decode()


def test_disabled_account_is_logged_out_at_the_next_request() -> None:
    user = staff.account("Editor")
    browser = staff.sign_in(user)
    address = reverse("admin:news_article_change", args=[news.article().pk])
    assert browser.get(address).status_code == 200

    user.is_active = False
    user.save()

    assert browser.get(address).status_code == 302
