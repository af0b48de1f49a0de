from typing import Any

import pytest
from django.apps import apps as installed
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.state import ProjectState
from django.urls import reverse

from postportal.audit.models import Entry
from postportal.roles import ROLES, permissions_of, sync_roles
from tests.factories import news, staff

pytestmark = pytest.mark.django_db


def given(name: str) -> set[tuple[str, str]]:
    return set(Group.objects.get(name=name).permissions.values_list("content_type__app_label", "codename"))


@pytest.mark.parametrize("role", ROLES)
def test_group_of_a_migrated_database_has_exactly_the_rights_of_the_table(role: str) -> None:
    assert given(role) == permissions_of(role)


def test_migration_restores_roles_that_were_changed_or_deleted() -> None:
    author = Group.objects.get(name="Author")
    author.permissions.set(Permission.objects.filter(codename__in=["view_article", "delete_user"]))
    Group.objects.get(name="Viewer").delete()

    call_command("migrate", verbosity=0)

    assert {role: given(role) for role in ROLES} == {role: permissions_of(role) for role in ROLES}
    assert Group.objects.get(name="Author").pk == author.pk


def test_migration_leaves_other_groups_and_the_audit_log_alone() -> None:
    own = Group.objects.create(name="Archivist")
    own.permissions.set(Permission.objects.filter(codename="view_article"))
    Group.objects.get(name="Viewer").permissions.clear()
    logged = Entry.objects.count()

    call_command("migrate", verbosity=0)

    assert given("Archivist") == {("news", "view_article")}
    assert given("Viewer") == permissions_of("Viewer")
    assert Entry.objects.count() == logged


def test_right_of_an_app_without_tables_is_left_out() -> None:
    Permission.objects.filter(content_type__app_label="legacy").delete()
    state = ProjectState.from_apps(apps_without("legacy"))

    sync_roles(using=connection.alias, apps=state.apps)

    assert given("Editor") == {(app, name) for app, name in permissions_of("Editor") if app != "legacy"}


def apps_without(label: str) -> Any:
    class Remaining:
        def get_models(self, **kwargs: Any) -> list[type[models.Model]]:
            return [model for model in installed.get_models(**kwargs) if model._meta.app_label != label]

    return Remaining()


def test_database_without_accounts_has_no_roles() -> None:
    before = {role: given(role) for role in ROLES}

    sync_roles(using=connection.alias, apps=ProjectState().apps)

    assert {role: given(role) for role in ROLES} == before


@pytest.mark.parametrize(
    ("role", "publishes"),
    [
        ("Author", set()),
        ("Editor", {"publish_article", "publish_page"}),
        ("Publisher", {"publish_article", "publish_page", "publish_stampissue"}),
        ("Philatelist", {"publish_stampissue"}),
        ("Service desk", set()),
        ("Viewer", set()),
    ],
)
def test_role_publishes_its_own_subjects_only(role: str, publishes: set[str]) -> None:
    assert {name for _, name in permissions_of(role) if name.startswith("publish_")} == publishes


def test_viewer_only_looks() -> None:
    assert {name.split("_")[0] for _, name in permissions_of("Viewer")} == {"view"}


def test_nobody_but_administrators_manages_accounts() -> None:
    assert {app for role in ROLES for app, _ in permissions_of(role)} == {
        "news",
        "services",
        "pages",
        "images",
        "taggit",
        "legacy",
        "publishing",
        "search",
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
def test_lists_open_by_address_only_for_their_roles(role: str, listing: str) -> None:
    browser = staff.sign_in(staff.account(role))

    answer = browser.get(reverse(f"admin:{listing.replace(':', '_')}_changelist"))

    assert answer.status_code == (200 if listing in LISTS[role] else 403)


def test_newcomer_sees_an_empty_home_that_says_so() -> None:
    answer = staff.sign_in(staff.account()).get("/admin/")

    assert answer.context["app_list"] == []
    assert "Your account has no rights yet." in answer.content.decode()


def test_disabled_account_is_out_at_its_next_request() -> None:
    user = staff.account("Editor")
    browser = staff.sign_in(user)
    address = reverse("admin:news_article_change", args=[news.article().pk])
    assert browser.get(address).status_code == 200

    user.is_active = False
    user.save()

    assert browser.get(address).status_code == 302
