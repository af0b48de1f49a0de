"""Menu of the dashboard and the sidebar: models grouped by subject, not by app."""

from functools import cache
from typing import Any

from django.apps import apps as installed_apps
from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
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


def apps_in_menu(site: AdminSite, request: HttpRequest, *, app_label: str | None = None) -> list[dict[str, Any]]:
    """Return the apps with the models that the user may see, as `AdminSite.get_app_list` does. Every page of staff has
    the menu, so URLs are looked up once per process, and each name is translated once."""
    found: dict[str, dict[str, Any]] = {}
    for model, model_admin in site._registry.items():
        label = model._meta.app_label
        if app_label not in (None, label) or not model_admin.has_module_permission(request):
            continue
        perms = model_admin.get_model_perms(request)
        if not any(perms.values()):
            continue
        if label not in found:
            name = str(installed_apps.get_app_config(label).verbose_name)
            url = _url("app_list", label)
            found[label] = {"name": name, "app_label": label, "app_url": url, "has_module_perms": True, "models": []}
        found[label]["models"].append(_entry(model, perms))
    for app in found.values():
        app["models"].sort(key=lambda entry: entry["name"])
    return sorted(found.values(), key=lambda app: app["name"].lower())


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


def _entry(model: Any, perms: dict[str, bool]) -> dict[str, Any]:
    stem, may_look = f"{model._meta.app_label}_{model._meta.model_name}", perms["change"] or perms["view"]
    entry = {
        "model": model,
        "name": str(capfirst(model._meta.verbose_name_plural)),
        "object_name": model._meta.object_name,
        "perms": perms,
        "admin_url": _url(f"{stem}_changelist") if may_look else None,
        "add_url": _url(f"{stem}_add") if perms["add"] else None,
    }
    return {**entry, "view_only": not perms["change"]} if may_look else entry


def _url(name: str, *args: str) -> str:
    return _find_url(name, args, get_script_prefix(), get_urlconf())


@cache
def _find_url(name: str, args: tuple[str, ...], _prefix: str, _urlconf: Any) -> str:
    return reverse(f"admin:{name}", args=args)


def _model_label(entry: dict[str, Any]) -> str:
    return str(entry["model"]._meta.label_lower)
