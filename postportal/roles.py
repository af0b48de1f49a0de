"""Who may do what: the roles as one table. Each is a group, and this table alone decides what it may do.

The letters stand for view, add, change, delete, publish and wield control (withdraw, force, lift an embargo). Rows
that live inside another form (names, numbers,
stamps) follow their form. What a right covers can be narrower for a single row: an author changes own drafts only.
"""

from typing import Any

from django.apps import apps as installed
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


def sync_roles(*, using: str, apps: Any = installed, **kwargs: Any) -> None:
    """Keep the groups of the roles exactly like the table, after every migration. Groups of other names belong to the
    administrators and stay as they are."""
    try:
        group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    except LookupError:
        return  # Accounts have no tables yet, or no longer.
    # Django creates the permissions of one app after another; these are needed now.
    named = {app for role in ROLES for app, _ in permissions_of(role)}
    for app in installed.get_app_configs():
        if app.label in named:
            create_permissions(app, verbosity=0, using=using, apps=apps)
    groups = group._default_manager.using(using)
    known = set(groups.values_list("name", flat=True))
    # All in bulk: no signals, so that an upgrade does not fill the audit log with what nobody did.
    groups.bulk_create(group(name=role) for role in ROLES if role not in known)
    _set_rights(
        group.permissions.through._default_manager.using(using), groups, permission._default_manager.using(using)
    )


def _set_rights(given: Any, groups: Any, permissions: Any) -> None:
    # What belongs to an app that is not installed, or whose tables come later, has no permission to give.
    every = {
        (app, codename): key
        for key, app, codename in permissions.values_list("pk", "content_type__app_label", "codename")
    }
    wanted = {
        (group, every[right])
        for group, role in groups.filter(name__in=ROLES).values_list("pk", "name")
        for right in permissions_of(role) & every.keys()
    }
    present = {
        tuple(row): key
        for key, *row in given.filter(group__name__in=ROLES).values_list("pk", "group_id", "permission_id")
    }
    given.filter(pk__in=[key for row, key in present.items() if row not in wanted]).delete()
    given.bulk_create(given.model(group_id=group, permission_id=key) for group, key in sorted(wanted - present.keys()))
