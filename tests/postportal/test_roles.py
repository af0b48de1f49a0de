import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from postportal.roles import ROLES, permissions_of
from tests.factories import news, staff

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ROLES)
def test_group_of_the_migration_has_exactly_the_rights_of_the_table(role: str) -> None:
    found = Group.objects.get(name=role).permissions.values_list("content_type__app_label", "codename")

    assert set(found) == permissions_of(role)


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
