"""Every request that can be made for an item on the staff side, and its outcome."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.contrib.messages import ERROR, INFO, SUCCESS, WARNING, get_messages
from django.test import Client
from django.urls import reverse

from postportal.publishing.models import Comment, PreviewLink
from postportal.publishing.versions import revisions
from postportal.publishing.workflow.definitions import STEPS
from tests.factories import forms, news
from tests.postportal.publishing.revision_pages import admin_url, reload

FORM_KEY = "a" * 32
DUE_AT = "2099-12-08T09:30:00"


def attempt_outcome(name: str, browser: Client, row: Any, fields: dict[str, Any]) -> tuple[str, Any]:
    """Return one letter and the answer: o done or shown, = already done, r refused with reasons, x denied."""
    # Discard earlier messages.
    browser.cookies.pop("messages", None)
    response = ATTEMPTS[name](browser, row, fields)
    return _letter(name, response), response


def _letter(name: str, response: Any) -> str:
    if response.status_code == 403:
        return "x"
    levels = {message.level for message in get_messages(response.wsgi_request)}
    # Where a step is taken already, a warning gives back what was typed for it. One that is taken may be unusual.
    is_warned = WARNING in levels and levels.isdisjoint((INFO, SUCCESS))
    if ERROR in levels or is_warned or (response.context and response.context.get("refusals")):
        return "r"
    if name.startswith("step ") and SUCCESS not in levels:
        return "=" if INFO in levels else "?"
    # A bulk action skips rows without a message if the user has no permission.
    is_skipped = name.startswith("bulk ") and SUCCESS not in levels
    return "x" if is_skipped else "o" if response.status_code in (200, 302) else "?"


def form_fields(row: Any, chief: Client) -> dict[str, Any]:
    """Return the data of the item's form, or only a title if nobody can edit it."""
    page = chief.get(admin_url(row, "change"))
    return forms.form_values(page) if page.context["adminform"].form.fields else {"title": "Other"}


def _post_save(browser: Client, row: Any, fields: dict[str, Any]) -> Any:
    return browser.post(admin_url(row, "change"), {**fields, "title": "Hush, changed", "_continue": "1"})


def _post_step(name: str) -> Any:
    def post_step(browser: Client, row: Any, fields: dict[str, Any]) -> Any:
        data = {"reason": "Wrong tariff.", "due_at": DUE_AT, "_version": revisions.current_version(row)}
        return browser.post(admin_url(row, "step", name), data)

    return post_step


def _post_bulk_action(name: str) -> Any:
    def post_action(browser: Client, row: Any, fields: dict[str, Any]) -> Any:
        if name == "untag_selected" and hasattr(row, "tags"):
            row.tags.add("hush")
        data = {
            "action": name,
            "remove_tags": "hush",
            "section": news.section("Other").pk,
            "source": news.source("Other").pk,
            "reason": "Wrong tariff.",
            "post": "yes",
            "add_tags": "hush",
            "language": "zh-hans",
            "confirmed": "1",
            **forms.selected_rows(row),
        }
        return browser.post(changelist_url(row), data)

    return post_action


def _post_people(action: str) -> Any:
    def post_action(browser: Client, row: Any, fields: dict[str, Any]) -> Any:
        colleague = User.objects.filter(is_superuser=True).values_list("username", flat=True).first()
        return browser.post(admin_url(row, "people", action), {"user": colleague})

    return post_action


def changelist_url(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_changelist")


def _preview_link_pk(row: Any) -> int:
    return PreviewLink.objects.of(row).values_list("pk", flat=True).get()


def _comment_pk(row: Any) -> int:
    return Comment.objects.of(row).filter(kind=Comment.Kind.REMARK).values_list("pk", flat=True).get()


Attempt = Callable[[Client, Any, dict[str, Any]], Any]
ATTEMPTS: dict[str, Attempt] = {
    "change": lambda browser, row, fields: browser.get(admin_url(row, "change")),
    "save": _post_save,
    "delete": lambda browser, row, fields: browser.post(
        admin_url(row, "delete"), forms.delete_confirmation(reload(row))
    ),
    "history": lambda browser, row, fields: browser.get(admin_url(row, "history")),
    "compare": lambda browser, row, fields: browser.get(admin_url(row, "compare"), {"old": 1, "new": "live"}),
    "restore": lambda browser, row, fields: browser.post(
        admin_url(row, "restore", 1), {"_version": forms.delete_confirmation(reload(row))["_version"]}
    ),
    "preview": lambda browser, row, fields: browser.get(admin_url(row, "preview")),
    "preview unsaved": lambda browser, row, fields: browser.post(admin_url(row, "preview"), fields),
    "preview_revision": lambda browser, row, fields: browser.get(admin_url(row, "preview_revision", 1)),
    "share": lambda browser, row, fields: browser.post(admin_url(row, "share"), {"days": 7}),
    "revoke": lambda browser, row, fields: browser.post(admin_url(row, "revoke", _preview_link_pk(row))),
    "comment": lambda browser, row, fields: browser.post(admin_url(row, "comment"), {"text": "Why?"}),
    "comment_done": lambda browser, row, fields: browser.post(admin_url(row, "comment_done", _comment_pk(row))),
    "people hand-over": _post_people("hand-over"),
    "people assign": _post_people("assign"),
    "presence": lambda browser, row, fields: browser.post(admin_url(row, "presence")),
    "autosave": lambda browser, row, fields: browser.post(
        admin_url(row, "autosave"), {"_form_key": FORM_KEY, "title": "T"}
    ),
    "release": lambda browser, row, fields: browser.get(admin_url(row, "release")),
    "duplicate": lambda browser, row, fields: browser.post(admin_url(row, "duplicate")),
    "save_template": lambda browser, row, fields: browser.post(admin_url(row, "save_template"), {"name": "Hush"}),
    **{f"step {name}": _post_step(name) for name in STEPS},
    "bulk publish": _post_bulk_action("publish_selected"),
    "bulk submit": _post_bulk_action("submit_selected"),
    "bulk approve": _post_bulk_action("approve_selected"),
    "bulk withdraw": _post_bulk_action("withdraw_selected"),
    "bulk language": _post_bulk_action("change_language"),
    "bulk unpublish": _post_bulk_action("unpublish_selected"),
    "bulk tag": _post_bulk_action("tag_selected"),
    "bulk untag": _post_bulk_action("untag_selected"),
    "bulk section": _post_bulk_action("change_section"),
    "bulk source": _post_bulk_action("change_source"),
    "bulk refresh": _post_bulk_action("refresh_names"),
    "bulk delete": _post_bulk_action("delete_selected"),
}
