"""Who may do what: the roles as one table. Each is a group; accounts get rights by no other way.

The letters stand for view, add, change, delete, publish and wield control (withdraw, force, lift an embargo). Rows
that live inside another form (names, numbers,
stamps) follow their form. What a right covers can be narrower for a single row: an author changes own drafts only.
"""

from typing import Any

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions

ACTION_LETTERS = {"v": "view", "a": "add", "c": "change", "d": "delete", "p": "publish", "w": "control"}

INLINE_MODELS = {
    "news.article": ["news.mention"],
    "news.source": ["news.sourcealias"],
    "news.person": ["news.personname"],
    "news.organization": ["news.organizationname", "news.succession"],
    "services.hotline": ["services.hotlinenumber", "services.openinghours"],
    "services.stampissue": [
        *("services.stamp", "services.product", "services.credit", "services.cataloguereference"),
    ],
}

NEWSROOM_PERMISSIONS = {
    "news.article": "vacdp",
    "news.section": "vac",
    "news.source": "vac",
    "taggit.tag": "vac",
    "images.image": "vacd",
    "news.person": "vacd",
    "news.organization": "vacd",
    "news.position": "vacd",
    "news.appointment": "vacd",
    "pages.page": "vacdp",
    "pages.servicenotice": "vacd",
    "pages.contactmessage": "vc",
    "legacy.capture": "v",
    "services.hotline": "v",
    "services.service": "v",
    "services.stampissue": "v",
    "publishing.release": "vacd",
    "search.synonym": "vacd",
    "search.pinnedresult": "vacd",
    "search.zeroresultsearch": "v",
}

# Not the contact messages: they hold what readers wrote about themselves.
VIEWER_MODELS = [
    *("news.article", "news.section", "news.source", "taggit.tag", "images.image", "news.person"),
    *("news.organization", "news.position", "news.appointment", "services.service", "services.hotline"),
    *("services.stampissue", "pages.page", "pages.menuitem", "pages.sitesettings", "pages.servicenotice"),
    *("pages.redirect", "publishing.release", "search.synonym", "search.pinnedresult", "search.zeroresultsearch"),
]

ROLES: dict[str, dict[str, str]] = {
    "Author": {
        "news.article": "vacd",
        "news.section": "v",
        "news.source": "v",
        "taggit.tag": "va",
        "images.image": "vac",
        "publishing.release": "v",
        "news.person": "v",
        "news.organization": "v",
        "news.position": "v",
        "news.appointment": "v",
    },
    "Editor": NEWSROOM_PERMISSIONS,
    "Publisher": {
        **NEWSROOM_PERMISSIONS,
        "news.article": "vacdpw",
        "pages.page": "vacdpw",
        "news.section": "vacd",
        "news.source": "vacd",
        "taggit.tag": "vacd",
        "pages.menuitem": "vacd",
        "pages.redirect": "vacd",
        "pages.sitesettings": "vc",
        "pages.contactmessage": "vcd",
        "services.stampissue": "vcpw",
    },
    "Philatelist": {
        "services.stampissue": "vacdpw",
        "images.image": "vac",
        "taggit.tag": "va",
        "publishing.release": "vac",
        "news.person": "va",
        "news.organization": "va",
        "services.service": "v",
    },
    "Service desk": {
        "services.hotline": "vacd",
        "services.service": "vac",
        "news.organization": "v",
        "pages.servicenotice": "vacd",
        "pages.contactmessage": "vc",
        "publishing.release": "vac",
    },
    "Viewer": dict.fromkeys(VIEWER_MODELS, "v"),
}


def permissions_of(role: str) -> set[tuple[str, str]]:
    """The permissions of a role as (app label, codename)."""
    found = set()
    for label, letters in ROLES[role].items():
        for part in [label, *INLINE_MODELS.get(label, [])]:
            app, model = part.split(".")
            # Parts are never published by themselves.
            own = letters if part == label else letters.replace("p", "").replace("w", "")
            found |= {(app, f"{ACTION_LETTERS[letter]}_{model}") for letter in own}
    return found


def create_roles(apps: Any) -> None:
    """For migrations: make the groups and give them exactly these rights. Django creates permissions only after all
    migrations have run, so they are created here first."""
    for app in installed_apps.get_app_configs():
        if app.models_module is not None:
            create_permissions(app, verbosity=0, apps=installed_apps)
    permission = apps.get_model("auth", "Permission").objects
    group = apps.get_model("auth", "Group").objects
    every = {(row.content_type.app_label, row.codename): row for row in permission.select_related("content_type")}
    for role in ROLES:
        group.get_or_create(name=role)[0].permissions.set([every[right] for right in permissions_of(role)])
