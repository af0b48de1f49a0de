"""Completeness of content types: one table of everything that a model with public rows takes part in.

The models are found by code. A new one has to be registered in every place, or to be exempt for a reason."""

import re
from collections.abc import Callable, Iterable
from importlib import import_module
from pkgutil import walk_packages
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.test import Client
from django.urls import resolve, reverse

from postportal import demo
from postportal.api.views import api
from postportal.audit.models import Entry
from postportal.outbox.routes import BATCH_ROUTES, REINDEX, UPDATE_LINKS
from postportal.publishing.models import Publishable, State
from postportal.richtext.handlers import rich_text_fields
from postportal.richtext.link_targets import get_link_target
from postportal.roles import ROLES
from postportal.search.kinds import kinds
from postportal.site.sitemaps import SITEMAPS
from postportal.staff.admin_menu import MENU_GROUPS
from postportal.staff.quick_search import quick_searches_for
from tests.factories import forms, staff
from tests.factories.public_items import FACTORIES, public_item, public_models

pytestmark = pytest.mark.django_db

FEEDS = ["news:feed", "services:notice_feed", "services:stamp_feed"]


class Registry(NamedTuple):
    """A place where content types are registered: what to do there, and which labels it has."""

    todo: str
    labels: Callable[[dict[str, Any]], Iterable[str]]


def search_kinds(items: dict[str, Any]) -> Iterable[str]:
    return [kind.model._meta.label_lower for kind in kinds().values()]


def api_types(items: dict[str, Any]) -> Iterable[str]:
    parameters = api.get_openapi_schema()["paths"]["/api/search"]["get"]["parameters"]
    (names,) = [each["schema"]["items"]["enum"] for each in parameters if each["name"] == "type"]
    return [kinds()[name].model._meta.label_lower for name in names]


def in_sitemaps(items: dict[str, Any]) -> Iterable[str]:
    files = [reverse("sitemap_section", args=[name]) for name in SITEMAPS]
    text = "".join(Client().get(url).text for url in files)
    return [label for label, item in items.items() if has_url(item) and f"{item.get_absolute_url()}</loc>" in text]


def near_html_sitemap(items: dict[str, Any]) -> Iterable[str]:
    """Return the labels of items that are named on a page which the HTML sitemap links to, or are linked themselves."""
    groups = Client().get(reverse("pages:sitemap")).context["link_groups"]
    urls = [url for group in groups for _label, url in group.links]
    text = "".join(main_part(Client().get(url.partition("#")[0]).text) for url in urls)
    return [
        label
        for label, item in items.items()
        if name_of(label) in text or (has_url(item) and item.get_absolute_url() in urls)
    ]


def in_feeds(items: dict[str, Any]) -> Iterable[str]:
    text = "".join(Client().get(reverse(route, args=["atom"])).text for route in FEEDS)
    return [label for label in items if name_of(label) in text]


def in_quick_search(items: dict[str, Any]) -> Iterable[str]:
    return [search.model._meta.label_lower for search in quick_searches_for(staff.account(is_superuser=True))]


def of_a_role(items: dict[str, Any]) -> Iterable[str]:
    """Return the labels that the roles together may view, add, change and delete, and publish if there are steps."""
    for label in items:
        letters = set("".join(permissions.get(label, "") for permissions in ROLES.values()))
        if letters >= set("vacdpw" if is_publishable(label) else "vacd"):
            yield label


def in_admin_menu(items: dict[str, Any]) -> Iterable[str]:
    return [label for _key, _name, labels in MENU_GROUPS for label in labels]


def reindexed(items: dict[str, Any]) -> Iterable[str]:
    return [label for label, handlers in BATCH_ROUTES.items() if REINDEX in handlers]


def with_recorded_links(items: dict[str, Any]) -> Iterable[str]:
    has_text = {label: bool(rich_text_fields(apps.get_model(label))) for label in items}
    return [label for label in items if not has_text[label] or UPDATE_LINKS in BATCH_ROUTES.get(label, [])]


def link_targets(items: dict[str, Any]) -> Iterable[str]:
    pages = {
        label: resolve(item.get_absolute_url().partition("#")[0]) for label, item in items.items() if has_url(item)
    }
    return [label for label, match in pages.items() if get_link_target(match.view_name)]


def audited(items: dict[str, Any]) -> Iterable[str]:
    """Return the labels for which publishing is in the audit log, or deleting in the admin if there are no steps."""
    for label in items:
        if is_publishable(label):
            staff.publish(public_item(label, "Audited", state=State.DRAFT, publish_at=None, standfirst="By rail."))
        else:
            row = public_item(label, "Audited")
            url = reverse(f"admin:{label.replace('.', '_')}_delete", args=[row.pk])
            staff.sign_in().post(url, forms.delete_confirmation(row))
    return Entry.objects.values_list("item_label", flat=True)


def in_demo(items: dict[str, Any]) -> Iterable[str]:
    modules = [import_module(module.name) for module in walk_packages(demo.__path__, f"{demo.__name__}.")]
    names = {
        value._meta.label_lower for module in modules for value in vars(module).values() if hasattr(value, "_meta")
    }
    return [label for label in items if label in names]


REGISTRIES = {
    "search": Registry("register a SearchKind in the module `search` of the app", search_kinds),
    "API": Registry("the types of the API are the search kinds", api_types),
    "sitemap": Registry("add a sitemap to SITEMAPS in the module `sitemaps` of the app", in_sitemaps),
    "HTML sitemap": Registry("register links in the module `html_sitemap` of the app", near_html_sitemap),
    "feeds": Registry("add a feed, and its route to FEEDS in this module", in_feeds),
    "quick search": Registry("register a QuickSearch in the module `dashboard` of the app", in_quick_search),
    "roles": Registry("add the model to ROLES in postportal/roles.py, or call register_permissions", of_a_role),
    "admin menu": Registry(
        "add the model to MENU_GROUPS in postportal/staff/admin_menu.py, or call register_menu_model", in_admin_menu
    ),
    "outbox: search": Registry(
        "add REINDEX to BATCH_ROUTES in postportal/outbox/routes.py, or call register_routes", reindexed
    ),
    "outbox: links": Registry(
        "add UPDATE_LINKS to BATCH_ROUTES in postportal/outbox/routes.py, or call register_routes", with_recorded_links
    ),
    "link targets": Registry("register the view in the module `dashboard` of the app", link_targets),
    "audit log": Registry("base the admin class on PubliclyTimedAdmin or PublishableAdmin", audited),
    "demo": Registry("add rows to postportal/demo", in_demo),
}

IS_ANOTHER_ROWS = "Shown with its person and organization, which are found by their own names."
IS_A_CHANGE = "Found by what it changes, once it is made."
IS_A_LINE = "One line above every page and on one list: it has no page of its own."
IS_ON_ONE_PAGE = "All hotlines are on one page, whose URL always works and is in the sitemap of fixed pages."
IS_NO_NEWS = "Readers follow news and stamp issues. A feed of the articles that name it is on its page."
EXEMPT: dict[str, dict[str, str]] = {
    "news.appointment": dict.fromkeys(
        ["search", "API", "sitemap", "feeds", "quick search", "outbox: search", "link targets"], IS_ANOTHER_ROWS
    ),
    "news.handover": dict.fromkeys(
        ["search", "API", "sitemap", "feeds", "quick search", "outbox: search", "link targets"],
        IS_A_CHANGE,
    ),
    "news.organization": {"feeds": IS_NO_NEWS},
    "news.person": {"feeds": IS_NO_NEWS},
    "news.plannedchange": dict.fromkeys(
        [
            *("search", "API", "sitemap", "HTML sitemap", "feeds", "quick search"),
            *("outbox: search", "link targets"),
        ],
        IS_A_CHANGE,
    ),
    "pages.page": {"feeds": "Pages such as “About us” seldom change."},
    "pages.servicenotice": dict.fromkeys(
        ["search", "API", "sitemap", "quick search", "outbox: search", "link targets"],
        IS_A_LINE,
    ),
    "services.hotline": {
        **dict.fromkeys(["sitemap", "link targets"], IS_ON_ONE_PAGE),
        "feeds": "Numbers seldom change, and callers look them up.",
    },
}


def test_every_content_type_is_registered_everywhere() -> None:
    labels = [model._meta.label_lower for model in public_models()]
    items = {label: public_item(label, name_of(label)) for label in labels}
    registered = {name: set(registry.labels(items)) for name, registry in REGISTRIES.items()}
    missing = [
        f"{label} is not in “{name}”: {registry.todo}, or say in EXEMPT why not."
        for label in items
        for name, registry in REGISTRIES.items()
        if label not in registered[name] and name not in EXEMPT.get(label, {})
    ]
    needless = [(label, name) for label, reasons in EXEMPT.items() for name in reasons if label in registered[name]]

    assert missing == []
    assert needless == []


def test_every_exemption_has_a_reason() -> None:
    reasons = {(label, name): reason for label, by_name in EXEMPT.items() for name, reason in by_name.items()}

    assert [key for key, reason in reasons.items() if key[0] not in FACTORIES or key[1] not in REGISTRIES] == []
    assert [key for key, reason in reasons.items() if len(reason.split()) < 5] == []


def is_publishable(label: str) -> bool:
    return issubclass(apps.get_model(label), Publishable)


def has_url(item: Any) -> bool:
    return hasattr(item, "get_absolute_url")


def name_of(label: str) -> str:
    """Return a word that only the item of this model has in its name."""
    return f"Zq{label.replace('.', '')}"


def main_part(page: str) -> str:
    """Return the page without header and footer, which show some items on every page."""
    return re.sub(r"(?s).*<main|</main>.*", "", page)
