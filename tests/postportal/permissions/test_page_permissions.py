"""Permissions for staff pages that do not belong to a single item, and for the items they list."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from postportal.publishing.models import Publishable
from postportal.publishing.workflow.definitions import STEPS
from postportal.roles import ROLES as ROLE_TABLE
from tests.factories import editorial, pages, services, staff
from tests.factories.releases import release
from tests.postportal.permissions.attempts import ATTEMPTS, FORM_KEY
from tests.postportal.permissions.expected_outcomes import TABLES
from tests.postportal.permissions.test_item_permissions import ADMINISTRATOR, EXPECTED_OUTCOMES, account
from tests.postportal.permissions.test_model_permissions import ROLES

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ONE_HOUR = dt.timedelta(hours=1)
SUGGEST = "/admin/autocomplete/?app_label=news&model_name={}&field_name={}&term=x"
# o opens, x is denied, in the order of ROLES.
OPENS = {
    "/admin/": "ooooooooo",
    "/admin/find/?q=hush": "ooooooooo",
    "/admin/find/suggestions/?q=hush": "ooooooooo",
    "/admin/calendar/": "ooooooooo",
    "/admin/account/": "ooooooooo",
    "/admin/account/two-factor/": "ooooooooo",
    # Without a second factor.
    "/admin/account/recovery-codes/": "xxxxxxxxx",
    "/admin/account/two-factor/off/": "xxxxxxxxx",
    "/admin/account/two-factor/remove-app/": "xxxxxxxxx",
    "/admin/as-of/": "xooxxoxxo",
    "/admin/tags/names/": "ooooxoxxo",
    "/admin/images/image/library/": "ooooxoxxo",
    "/admin/documents/document/choices/": "ooooxoxxo",
    "/admin/audit/entry/": "xxxxxxxxo",
    "/admin/registers/people/": "xoooxoxxo",
    "/admin/registers/hotlines/": "xooxooxxo",
    SUGGEST.format("mention", "person"): "ooooxoxxo",
    SUGGEST.format("mention", "organization"): "ooooooxxo",
    SUGGEST.format("article", "source"): "oooxxoxxo",
    SUGGEST.format("organization", "logo"): "ooooxoxxo",
}
# The same for POST requests.
ACCEPTS = {
    "/admin/account/log-out-elsewhere/": "ooooooooo",
    "/admin/as-of/": "xooxxoxxo",
    "/admin/audit/entry/export/": "xxxxxxxxo",
    "/admin/registers/people/export/": "xoooxoxxo",
    "/admin/registers/people/import/": "xoooxxxxo",
    "/admin/registers/hotlines/import/": "xxoxoxxxo",
    "/admin/images/image/upload/": "ooooxxxxo",
    "/admin/news/article/autosave/": "oooxxxxxo",
    "/admin/news/article/add/preview/": "oooxxxxxo",
    "/admin/services/stampissue/autosave/": "xxxoxxxxo",
    "/admin/services/hotline/moment/": "xooxoxxxo",
}
# Kinds of hidden items that a role may see in lists.
VISIBLE = {
    "Author": {"article"},
    "Editor": {"article", "page", "issue"},
    "Publisher": {"article", "page", "issue"},
    "Philatelist": {"issue"},
    "Service desk": set(),
    "Viewer": {"article", "page", "issue"},
    "Administrator": set(),
    "": set(),
    ADMINISTRATOR: {"article", "page", "issue"},
}


def test_pages_open_for_these_roles() -> None:
    browsers = [staff.sign_in(account(role)) for role in ROLES]
    letters = {200: "o", 403: "x"}

    found = {url: "".join(letters.get(each.get(url).status_code, "?") for each in browsers) for url in OPENS}

    assert found == OPENS


def test_pages_accept_posts_from_these_roles() -> None:
    letters = {200: "o", 302: "o", 400: "o", 403: "x", 422: "o"}
    found = dict.fromkeys(ACCEPTS, "")
    for role in ROLES:
        actor = account(role)
        for url in ACCEPTS:
            with transaction.atomic():
                # Logged in each time: one of the pages logs out other sessions.
                status = staff.sign_in(actor).post(url, {"_form_key": FORM_KEY}).status_code
                transaction.set_rollback(True)
            found[url] += letters.get(status, "?")

    assert found == ACCEPTS


def test_lists_show_only_items_the_role_may_view() -> None:
    writer, chief, due = staff.account("Author"), account(ADMINISTRATOR), timezone.now() + ONE_HOUR
    editorial.submitted_article("Hush article", by=writer)
    editorial.scheduled_article("Hush article to come", by=writer, scheduled_by=chief, due_at=due)
    editorial.forced_article("Hush article forced", by=chief)
    pages.page("Hush page", publish_at=due, path="hush")
    services.stamp_issue("Hush issue", slug="hush", publish_at=due)
    launch = release("Launch", editorial.draft_article("Hush article in a release", by=writer))

    assert {role: kinds_shown(staff.sign_in(account(role)), launch) for role in ROLES} == VISIBLE


def kinds_shown(browser: Client, launch: Any) -> set[str]:
    """Return the kinds of the items that any list shows."""
    urls = ["/admin/calendar/?view=list", "/admin/find/?q=hush", "/admin/find/suggestions/?q=hush"]
    home = browser.get("/admin/")
    urls += [f"/admin/waiting/{entry['queue'].name}/" for entry in home.context["work_queues"]]
    urls += [f"/admin/{stem}/" for stem in ("news/article", "pages/page", "services/stampissue")]
    urls.append(reverse("admin:publishing_release_change", args=[launch.pk]))
    pages_shown = [home, *(browser.get(url, follow=True) for url in urls)]
    content = " ".join(page.content.decode() for page in pages_shown)
    return {kind for kind in TABLES if f"Hush {kind}" in content}


# Completeness -------------------------------------------------------------------------------------------------------

OF_EVERY_FORM = {
    *("changelist", "add", "change", "delete", "history"),
    *("autosave", "autosave_new", "discard_autosave"),
    # tests/postportal/staff/test_list_export.py
    "export_list",
}
OF_AN_ITEM = {
    name.replace(" unsaved", "") for name in ATTEMPTS if not name.startswith(("step ", "bulk ", "people "))
} | {
    *("step", "people"),
}
# The last three in tests/postportal/publishing/admin/test_every_form.py.
OF_A_REGISTER = {"release", "compare", "restore", "presence"}
# tests/postportal/publishing/admin/test_deleted.py
OF_DELETED_ROWS = {"deleted", "undelete"}
# tests/postportal/publishing/admin/test_proposals.py
OF_PROPOSALS = {"proposal", "dismiss_outcome"}
# Only for the user who made it (tests/postportal/publishing/admin/test_preview_permissions.py), or without an item.
PERSONAL = {"preview_frame", "preview_new"}
# tests/postportal/publishing/admin/test_copies.py
COPIES = {"from_template", "remove_template", "translate", "original"}
TESTED_ELSEWHERE = {
    "publishing_release_member": "tests/postportal/publishing/admin/test_release.py",
    "publishing_release_step": "tests/postportal/publishing/admin/test_release.py",
    "news_article_name_suggestions": "tests/news/admin/test_name_suggestions.py",
    "news_person_mentions": "tests/news/admin/test_name_findings.py",
    "news_person_dismiss_finding": "tests/news/admin/test_name_findings.py",
    "news_handover_timeline": "tests/news/admin/test_handover.py",
    "news_handover_timeline_of": "tests/news/admin/test_handover.py",
    "services_hotline_moment": "ACCEPTS",
    "services_hotline_choices": "tests/services/admin/test_hotline.py",
    "services_hotline_read_back": "tests/services/admin/test_read_back.py",
    "images_image_library": "OPENS",
    "documents_document_choices": "OPENS",
    "pages_snippet_choices": "tests/postportal/richtext/test_snippets.py",
    "documents_document_file": "tests/postportal/documents/test_admin.py",
    "images_image_file": "tests/postportal/images/test_replacing.py",
    "images_image_whole": "tests/postportal/images/test_framing.py",
    "images_image_framing": "tests/postportal/images/test_framing.py",
    "images_image_upload": "tests/postportal/images/test_picker.py",
    "audit_entry_export": "tests/postportal/staff/test_admin.py",
    "search_pinnedresult_items": "tests/postportal/search/admin/test_pinned_result.py",
    "auth_user_password_change": "tests/postportal/staff/test_account_rights.py",
    "auth_user_reset_two_factor": "tests/postportal/staff/test_login_steps.py",
    "auth_user_remove_login": "tests/postportal/staff/test_external_logins.py",
    "auth_user_invite": "tests/postportal/staff/test_account_rights.py",
}
CONVERTER = re.compile(r"<(\w+):\w+>")
# The URL of the feed is a key (tests/postportal/publishing/admin/test_calendar.py).
# Those of passwords are for people who cannot log in (tests/postportal/staff/test_password_views.py).
OF_PASSWORDS = {"ask_for_password_link", "password_link", "choose_password"}
# So are these (tests/postportal/staff/test_openid_pages.py and test_passkey_pages.py).
OF_OTHER_LOGINS = {"openid", "openid_back", "passkey_question"}
PUBLIC = {"login", "logout", "calendar_feed", *OF_PASSWORDS, *OF_OTHER_LOGINS}
OF_THE_SITE = {
    *("index", "login", "logout", "password_change", "password_change_done", "jsi18n", "view_on_site", "recover_form"),
    *("quick_search", "quick_search_suggestions", "calendar", "calendar_feed", "as_of", "tag_names", "work_queue"),
    *("autocomplete", "app_list", "calendar_key", "calendar_key_off", "remove_filter"),
    *("richtext_link_choices", "register", "register_export", "register_import", "register_confirm", "long_import"),
    *OF_PASSWORDS,
    *OF_OTHER_LOGINS,
    *("account", "log_out_elsewhere", "set_up_two_factor", "recovery_codes", "turn_off_two_factor", "remove_app"),
    # tests/postportal/staff/test_passkey_pages.py
    *("add_passkey", "new_passkey_question", "remove_passkey"),
    # tests/postportal/staff/test_external_logins.py
    "remove_external_login",
    # tests/postportal/staff/test_own_password.py
    "own_password",
}


def staff_urls(patterns: Any, *, before: str = "/admin/") -> Iterator[tuple[str, str]]:
    """Yield name and URL of every pattern of the staff side, with a value for each parameter."""
    for pattern in patterns:
        route = before + CONVERTER.sub(lambda found: "x" if found[1] in ("str", "slug") else "1", str(pattern.pattern))
        if hasattr(pattern, "url_patterns"):
            yield from staff_urls(pattern.url_patterns, before=route)
        else:
            yield pattern.name or "", route


def test_every_staff_url_requires_login() -> None:
    outsider = staff.sign_in(staff.account(is_staff=False))
    urls = {name: url for name, url in staff_urls(admin.site.urls[0]) if name and name not in PUBLIC}

    for url in urls.values():
        for send in (Client().get, Client().post, outsider.get, outsider.post):
            answer = send(url)
            target = answer.get("Location", "").partition("?")[0]
            assert (answer.status_code, target) in ((302, "/admin/login/"), (403, "")), url
    assert len(urls) > len(admin.site._registry) * len(OF_EVERY_FORM)


def test_every_staff_url_is_in_a_table() -> None:
    missing = {pattern.name for pattern in admin.site.urls[0] if getattr(pattern, "name", None)} - OF_THE_SITE
    for model, model_admin in admin.site._registry.items():
        stem = f"{model._meta.app_label}_{model._meta.model_name}_"
        known = OF_EVERY_FORM | OF_DELETED_ROWS | OF_PROPOSALS
        known |= OF_AN_ITEM | PERSONAL | COPIES if issubclass(model, Publishable) else OF_A_REGISTER
        names = {pattern.name for pattern in model_admin.urls if getattr(pattern, "name", None)}
        missing |= {name for name in names if name not in TESTED_ELSEWHERE and name.removeprefix(stem) not in known}

    assert missing == set()


def test_every_step_role_and_bulk_action_is_in_a_table() -> None:
    for _roles, _states, rows in EXPECTED_OUTCOMES.values():
        assert set(rows) == set(ATTEMPTS)
    assert {f"step {name}" for name in STEPS} <= set(ATTEMPTS)
    assert set(ROLES) == {*ROLE_TABLE, "", ADMINISTRATOR}
    actions = {
        getattr(action, "__name__", action)
        for model, model_admin in admin.site._registry.items()
        if issubclass(model, Publishable)
        for action in model_admin.actions or ()
    }
    assert actions == {
        *("publish_selected", "unpublish_selected", "tag_selected", "untag_selected"),
        *("submit_selected", "approve_selected", "withdraw_selected"),
        *("change_section", "change_source", "change_language", "refresh_names"),
    }
