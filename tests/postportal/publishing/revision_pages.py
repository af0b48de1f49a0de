"""Saving, comparing and restoring items with a test client."""

from typing import Any

from django.test import Client
from django.urls import reverse

from postportal.publishing.admin import version_tokens
from tests.factories import forms, news, pages, services

ITEMS = [
    lambda **fields: news.article("Old", standfirst="By rail.", **fields),
    lambda **fields: pages.page("Old", **fields),
    lambda **fields: services.stamp_issue("Old", **fields),
]
IDS = ["article", "page", "issue"]


def admin_url(row: Any, name: str, *more: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=[row.pk, *more])


def save(row: Any, browser: Client, **changes: Any) -> None:
    fields = forms.fill_form(browser, admin_url(row, "change"))
    browser.post(admin_url(row, "change"), {**fields, "_continue": "1", **changes})


def compare(browser: Client, row: Any, old: Any, new: Any) -> Any:
    return browser.get(admin_url(row, "compare"), {"old": old, "new": new})


def restore(browser: Client, row: Any, number: int, **fields: Any) -> Any:
    # Show the pending messages first.
    browser.get(admin_url(row, "history"))
    data = {"_version": version_tokens.make_version_token(type(row)._default_manager.get(pk=row.pk)), **fields}
    return browser.post(admin_url(row, "restore", number), data, follow=True)


def messages_of(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def reload(row: Any) -> Any:
    return type(row)._default_manager.get(pk=row.pk)
