"""Menu of the dashboard and the sidebar: models grouped by subject, not by app."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MENU_GROUPS: list[tuple[str, str | Promise, list[str]]] = [
    (
        "newsroom",
        _("Newsroom"),
        [
            *("news.article", "publishing.release", "images.image", "documents.document"),
            *("taggit.tag", "news.section", "news.source"),
        ],
    ),
    (
        "directory",
        _("Directory"),
        [
            *("news.person", "news.organization", "news.position"),
            *("news.appointment", "news.handover", "news.plannedchange"),
        ],
    ),
    (
        "services",
        _("Services"),
        ["services.hotline", "services.holidaycalendar", "services.service", "pages.servicenotice"],
    ),
    ("philately", _("Philately"), ["services.stampissue", "services.stamp"]),
    (
        "site",
        _("Site"),
        [
            "pages.page",
            "pages.snippet",
            "pages.menuitem",
            "pages.contactmessage",
            "pages.redirect",
            "legacy.capture",
            "pages.sitesettings",
        ],
    ),
    ("search", _("Site search"), ["search.zeroresultsearch", "search.synonym", "search.pinnedresult"]),
    ("staff", _("Accounts"), ["auth.user", "auth.group", "audit.entry"]),
]


def register_menu_model(label: str, *, group: str) -> None:
    """Add a model of another app to the end of a group, which is named by its key."""
    {key: labels for key, _name, labels in MENU_GROUPS}[group].append(label)


def group_by_subject(apps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the admin's list of apps as the groups of MENU_GROUPS. Models in no group come last, under their app."""
    entries = {_model_label(entry): entry for app in apps for entry in app["models"]}
    groups = []
    for key, name, labels in MENU_GROUPS:
        models = [entries.pop(label) for label in labels if label in entries]
        if models:
            groups.append({"name": name, "app_label": key, "app_url": "", "has_module_perms": True, "models": models})
    for app in apps:
        models = [entry for entry in app["models"] if _model_label(entry) in entries]
        if models:
            groups.append({**app, "models": models})
    return groups


def _model_label(entry: dict[str, Any]) -> str:
    return str(entry["model"]._meta.label_lower)
