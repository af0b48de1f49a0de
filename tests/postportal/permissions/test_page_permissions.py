"""Pages of the staff side that belong to no single item: who opens them, and that they name nothing hidden."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from postportal.publishing.models import Publishable
from postportal.publishing.workflow.rules import STEPS
from postportal.roles import ROLES as ROLE_TABLE
from tests.factories import editorial, pages, services, staff
from tests.factories.releases import release
from tests.postportal.permissions.attempts import ATTEMPTS, FORM_KEY
from tests.postportal.permissions.expected_outcomes import TABLES
from tests.postportal.permissions.test_item_permissions import ADMINISTRATOR, READ, account
from tests.postportal.permissions.test_model_permissions import ROLES

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
SUGGEST = "/admin/autocomplete/?app_label=news&model_name={}&field_name={}&term=x"
# o opens, x does not, in the order of ROLES.
OPENS = {
    "/admin/": "oooooooo",
    "/admin/find/?q=hush": "oooooooo",
    "/admin/find/suggestions/?q=hush": "oooooooo",
    "/admin/calendar/": "oooooooo",
    "/admin/as-of/": "xooxxoxo",
    "/admin/tags/names/": "ooooxoxo",
    "/admin/images/image/library/": "ooooxoxo",
    "/admin/audit/entry/": "xxxxxxxo",
    SUGGEST.format("mention", "person"): "ooooxoxo",
    SUGGEST.format("mention", "organization"): "ooooooxo",
    SUGGEST.format("article", "source"): "oooxxoxo",
    SUGGEST.format("organization", "logo"): "ooooxoxo",
}
# The same for what is sent there.
TAKES = {
    "/admin/as-of/": "xooxxoxo",
    "/admin/audit/entry/export/": "xxxxxxxo",
    "/admin/images/image/upload/": "ooooxxxo",
    "/admin/news/article/autosave/": "oooxxxxo",
    "/admin/news/article/add/preview/": "oooxxxxo",
    "/admin/services/stampissue/autosave/": "xxxoxxxo",
}
# Which kinds of hidden items a role may see, in any list.
SEEN = {
    "Author": {"article"},
    "Editor": {"article", "page", "issue"},
    "Publisher": {"article", "page", "issue"},
    "Philatelist": {"issue"},
    "Service desk": set(),
    "Viewer": {"article", "page", "issue"},
    "": set(),
    ADMINISTRATOR: {"article", "page", "issue"},
}


@pytest.mark.parametrize("address", OPENS)
def test_page_opens_for_these_roles(address: str) -> None:
    found = [staff.sign_in(account(role)).get(address).status_code for role in ROLES]

    assert found == [{"o": 200, "x": 403}[letter] for letter in OPENS[address]]


@pytest.mark.parametrize("address", TAKES)
def test_page_takes_something_from_these_roles(address: str) -> None:
    found = [staff.sign_in(account(role)).post(address, {"_form_key": FORM_KEY}).status_code for role in ROLES]

    letters = {200: "o", 302: "o", 400: "o", 403: "x", 422: "o"}
    assert "".join(letters.get(status, "?") for status in found) == TAKES[address]


@pytest.mark.parametrize("role", ROLES)
def test_no_list_names_what_a_role_may_not_see(role: str) -> None:
    writer, chief, due = staff.account("Author"), account(ADMINISTRATOR), timezone.now() + HOUR
    editorial.submitted_article("Hush article", by=writer)
    editorial.scheduled_article("Hush article to come", by=writer, scheduled_by=chief, due_at=due)
    editorial.forced_article("Hush article forced", by=chief)
    pages.page("Hush page", publish_at=due, path="hush")
    services.stamp_issue("Hush issue", slug="hush", publish_at=due)
    launch = release("Launch", editorial.draft_article("Hush article in a release", by=writer))
    browser = staff.sign_in(account(role))
    lists = ["/admin/", "/admin/calendar/?view=list", "/admin/find/?q=hush", "/admin/find/suggestions/?q=hush"]
    lists += [f"/admin/waiting/{entry['box'].name}/" for entry in browser.get("/admin/").context["waiting"]]
    lists += [f"/admin/{stem}/" for stem in ("news/article", "pages/page", "services/stampissue")]
    lists.append(reverse("admin:publishing_release_change", args=[launch.pk]))

    shown = " ".join(browser.get(address, follow=True).content.decode() for address in lists)

    assert {kind for kind in TABLES if f"Hush {kind}" in shown} == SEEN[role]


# Nothing is left out --------------------------------------------------------------------------------------------------

OF_EVERY_FORM = {
    *("changelist", "add", "change", "delete", "history"),
    *("autosave", "autosave_new", "drop_unsaved"),
}
OF_AN_ITEM = {name.replace(" typed", "") for name in ATTEMPTS if not name.startswith(("step ", "list "))} | {"step"}
# What belongs to whoever made it (tests/postportal/publishing/admin/test_preview_permissions.py), or needs no item yet.
OWN = {"drawn", "preview_new"}
ELSEWHERE = {
    "publishing_release_member": "tests/postportal/publishing/admin/test_release.py",
    "publishing_release_step": "tests/postportal/publishing/admin/test_release.py",
    "news_article_named": "tests/news/admin/test_name_suggestions.py",
    "images_image_library": "OPENS",
    "images_image_upload": "tests/postportal/images/test_picker.py",
    "audit_entry_export": "tests/postportal/audit/test_admin.py",
    "search_pinnedresult_rows": "tests/postportal/search/admin/test_pinned_result.py",
    "auth_user_password_change": "tests/postportal/test_admin.py",
}
FILLED = re.compile(r"<(\w+):\w+>")
# The feed has a signed address of its own (tests/postportal/publishing/admin/test_calendar.py).
FOR_EVERYBODY = {"login", "logout", "calendar_feed"}
OF_THE_SITE = {
    *("index", "login", "logout", "password_change", "password_change_done", "jsi18n", "view_on_site", "take_up"),
    *("find", "find_suggestions", "calendar", "calendar_feed", "as_of", "tag_names", "box", "autocomplete", "app_list"),
}


def addresses(patterns: Any, *, before: str = "/admin/") -> Iterator[tuple[str, str]]:
    """Name and address of everything on the staff side, with something or other where a row is named."""
    for pattern in patterns:
        route = before + FILLED.sub(lambda found: "x" if found[1] in ("str", "slug") else "1", str(pattern.pattern))
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns, before=route)
        else:
            yield pattern.name or "", route


def test_every_address_of_the_staff_side_asks_strangers_to_sign_in() -> None:
    outsider = staff.sign_in(staff.account(is_staff=False))
    found = {name: address for name, address in addresses(admin.site.urls[0]) if name and name not in FOR_EVERYBODY}

    for address in found.values():
        for ask in (Client().get, Client().post, outsider.get, outsider.post):
            answer = ask(address)
            led_to = answer.get("Location", "").partition("?")[0]
            assert (answer.status_code, led_to) in ((302, "/admin/login/"), (403, "")), address
    assert len(found) > len(admin.site._registry) * len(OF_EVERY_FORM)


def test_every_address_of_the_staff_side_is_in_a_table() -> None:
    unnamed = {pattern.name for pattern in admin.site.urls[0] if getattr(pattern, "name", None)} - OF_THE_SITE
    for model, model_admin in admin.site._registry.items():
        stem = f"{model._meta.app_label}_{model._meta.model_name}_"
        known = OF_EVERY_FORM | (OF_AN_ITEM | OWN if issubclass(model, Publishable) else {"release"})
        names = {pattern.name for pattern in model_admin.urls if getattr(pattern, "name", None)}
        unnamed |= {name for name in names if name not in ELSEWHERE and name.removeprefix(stem) not in known}

    assert unnamed == set()


def test_every_step_role_and_action_of_a_list_is_in_a_table() -> None:
    for _roles, _states, rows in READ.values():
        assert set(rows) == set(ATTEMPTS)
    assert {f"step {name}" for name in STEPS} <= set(ATTEMPTS)
    assert set(ROLES) == {*ROLE_TABLE, "", ADMINISTRATOR}
    actions = {
        getattr(action, "__name__", action)
        for model, model_admin in admin.site._registry.items()
        if issubclass(model, Publishable)
        for action in model_admin.actions or ()
    }
    assert actions == {"publish_selected", "unpublish_selected", "tag_selected"}
