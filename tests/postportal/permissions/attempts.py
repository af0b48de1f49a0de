"""Everything that can be asked of an item on the staff side, by direct address, and what comes of it."""

from collections.abc import Callable
from typing import Any

from django.contrib.messages import ERROR, INFO, SUCCESS, WARNING, get_messages
from django.test import Client
from django.urls import reverse

from postportal.publishing.models import Comment, PreviewLink
from postportal.publishing.versions import revisions
from postportal.publishing.workflow.rules import STEPS
from tests.factories import forms
from tests.postportal.publishing.revision_pages import address, reload

FORM_KEY = "a" * 32
DUE_AT = "2099-12-08T09:30:00"


def attempt_outcome(name: str, browser: Client, row: Any, fields: dict[str, Any]) -> str:
    """One letter: o done or shown, = done already, r refused with reasons, x not allowed."""
    # What was told before is told no more.
    browser.cookies.pop("messages", None)
    response = ATTEMPTS[name](browser, row, fields)
    if response.status_code == 403:
        return "x"
    levels = {message.level for message in get_messages(response.wsgi_request)}
    if levels & {ERROR, WARNING}:
        return "r"
    if name.startswith("step ") and SUCCESS not in levels:
        return "=" if INFO in levels else "?"
    # A list leaves out what somebody may not do.
    is_silent = name.startswith("list ") and SUCCESS not in levels
    return "x" if is_silent else "o" if response.status_code in (200, 302) else "?"


def form_fields(row: Any, chief: Client) -> dict[str, Any]:
    """What the form of the item sends, as far as anybody can change it."""
    shown = chief.get(address(row, "change"))
    return forms.form_values(shown) if shown.context["adminform"].form.fields else {"title": "Other"}


def _post_save(browser: Client, row: Any, fields: dict[str, Any]) -> Any:
    return browser.post(address(row, "change"), {**fields, "title": "Hush, changed", "_continue": "1"})


def _post_step(name: str) -> Any:
    def take(browser: Client, row: Any, fields: dict[str, Any]) -> Any:
        said = {"reason": "Wrong tariff.", "due_at": DUE_AT, "_version": revisions.current_version(row)}
        return browser.post(address(row, "step", name), said)

    return take


def _post_bulk_action(name: str) -> Any:
    def act(browser: Client, row: Any, fields: dict[str, Any]) -> Any:
        said = {
            "action": name,
            "reason": "Wrong tariff.",
            "post": "yes",
            "add_tags": "hush",
            **forms.selected_rows(row),
        }
        return browser.post(changelist_url(row), said)

    return act


def changelist_url(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_changelist")


def _preview_link_pk(row: Any) -> int:
    return PreviewLink.objects.of(row).values_list("pk", flat=True).get()


def _remark_pk(row: Any) -> int:
    return Comment.objects.of(row).filter(kind=Comment.Kind.REMARK).values_list("pk", flat=True).get()


Attempt = Callable[[Client, Any, dict[str, Any]], Any]
ATTEMPTS: dict[str, Attempt] = {
    "change": lambda browser, row, fields: browser.get(address(row, "change")),
    "save": _post_save,
    "delete": lambda browser, row, fields: browser.post(address(row, "delete"), forms.delete_confirmation(reload(row))),
    "history": lambda browser, row, fields: browser.get(address(row, "history")),
    "compare": lambda browser, row, fields: browser.get(address(row, "compare"), {"old": 1, "new": "live"}),
    "restore": lambda browser, row, fields: browser.post(
        address(row, "restore", 1), {"_version": forms.delete_confirmation(reload(row))["_version"]}
    ),
    "preview": lambda browser, row, fields: browser.get(address(row, "preview")),
    "preview typed": lambda browser, row, fields: browser.post(address(row, "preview"), fields),
    "preview_revision": lambda browser, row, fields: browser.get(address(row, "preview_revision", 1)),
    "share": lambda browser, row, fields: browser.post(address(row, "share"), {"days": 7}),
    "revoke": lambda browser, row, fields: browser.post(address(row, "revoke", _preview_link_pk(row))),
    "comment": lambda browser, row, fields: browser.post(address(row, "comment"), {"text": "Why?"}),
    "comment_done": lambda browser, row, fields: browser.post(address(row, "comment_done", _remark_pk(row))),
    "presence": lambda browser, row, fields: browser.post(address(row, "presence")),
    "autosave": lambda browser, row, fields: browser.post(
        address(row, "autosave"), {"_form_key": FORM_KEY, "title": "T"}
    ),
    "release": lambda browser, row, fields: browser.get(address(row, "release")),
    **{f"step {name}": _post_step(name) for name in STEPS},
    "list publish": _post_bulk_action("publish_selected"),
    "list unpublish": _post_bulk_action("unpublish_selected"),
    "list tag": _post_bulk_action("tag_selected"),
    "list delete": _post_bulk_action("delete_selected"),
}
