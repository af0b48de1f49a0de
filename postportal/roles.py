"""Roles and their permissions in one table. Each role is a group whose permissions are exactly those listed here.

The letters stand for view, add, change, delete, publish and control (withdraw, publish without review, lift an
embargo), for registers as files for export and import, and “o” for proposing changes and new rows that a second person
publishes. Of rows without a workflow, publish means those that stand on every page: who lacks it proposes these. Child
rows that are edited in the form of their parent (names, numbers, stamps) have the permissions of the parent. For a
single row a permission may not apply: authors can change only their own drafts, and what they correct in their own live
items.
"""

from typing import Any

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions

ACTION_LETTERS = {
    "v": "view",
    "a": "add",
    "c": "change",
    "d": "delete",
    "p": "publish",
    "w": "control",
    "x": "export",
    "i": "import",
    "o": "propose",
}

INLINE_MODELS = {
    "news.article": ["news.mention", "news.articledocument"],
    "pages.page": ["pages.pagedocument"],
    "news.source": ["news.sourcealias"],
    "news.person": ["news.personname"],
    "news.organization": ["news.organizationname", "news.formerparent", "news.succession"],
    "news.position": ["news.positionlabel"],
    "services.hotline": ["services.hotlinenumber", "services.openinghours", "services.channel"],
    "services.holidaycalendar": ["services.holiday"],
    "services.stampissue": [
        *("services.stamp", "services.product", "services.credit", "services.cataloguereference"),
        *("services.issuedocument", "services.partnerstamp"),
    ],
}

NEWSROOM_PERMISSIONS = {
    "news.article": "vacdp",
    "news.section": "vac",
    "news.source": "vac",
    "taggit.tag": "vac",
    "images.image": "vacd",
    "documents.document": "vacd",
    "news.person": "vacd",
    "news.organization": "vacd",
    "news.position": "vacd",
    "news.appointment": "vacd",
    "news.handover": "vacd",
    "news.plannedchange": "vacd",
    "pages.page": "vacdp",
    "pages.servicenotice": "vacd",
    "pages.snippet": "vacd",
    "pages.contactmessage": "vc",
    "legacy.capture": "v",
    "services.hotline": "v",
    "services.service": "v",
    "services.holidaycalendar": "v",
    "services.stampissue": "v",
    "publishing.release": "vacd",
    "search.synonym": "vacd",
    "search.pinnedresult": "vacd",
    "search.zeroresultsearch": "v",
    "interchange.registerfile": "xi",
}

# Without contact messages: they contain personal data of readers.
VIEWER_MODELS = [
    *("news.article", "news.section", "news.source", "taggit.tag", "images.image", "news.person"),
    "documents.document",
    *("news.organization", "news.position", "news.appointment", "news.handover", "news.plannedchange"),
    *("services.service", "services.hotline"),
    "services.holidaycalendar",
    *("services.stampissue", "pages.page", "pages.menuitem", "pages.sitesettings", "pages.servicenotice"),
    "pages.snippet",
    *("pages.redirect", "publishing.release", "search.synonym", "search.pinnedresult", "search.zeroresultsearch"),
]

ADMINISTRATOR = "Administrator"
ROLES: dict[str, dict[str, str]] = {
    "Author": {
        "news.article": "vacd",
        "news.section": "v",
        "news.source": "v",
        "taggit.tag": "va",
        "images.image": "vac",
        "documents.document": "va",
        "pages.snippet": "v",
        "publishing.release": "v",
        "news.person": "vo",
        "news.organization": "vo",
        "news.position": "vo",
        "news.appointment": "vo",
        "news.handover": "v",
        "news.plannedchange": "v",
    },
    "Editor": {
        **NEWSROOM_PERMISSIONS,
        "pages.menuitem": "vo",
        "pages.sitesettings": "vo",
        "services.hotline": "vo",
        "services.service": "vo",
    },
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
        "pages.servicenotice": "vacdp",
        "services.hotline": "vacdp",
        "services.stampissue": "vcpw",
    },
    "Philatelist": {
        "services.stampissue": "vacdpw",
        "images.image": "vac",
        "documents.document": "vac",
        "pages.snippet": "v",
        "taggit.tag": "va",
        "publishing.release": "vac",
        "news.person": "va",
        "news.organization": "va",
        "services.service": "v",
        "interchange.registerfile": "xi",
    },
    "Service desk": {
        "services.hotline": "vacd",
        "services.holidaycalendar": "vacd",
        "services.service": "vac",
        "news.organization": "v",
        # A disruption cannot wait for a second person.
        "pages.servicenotice": "vacdp",
        "pages.contactmessage": "vc",
        "publishing.release": "vac",
        "interchange.registerfile": "xi",
    },
    "Viewer": {**dict.fromkeys(VIEWER_MODELS, "v"), "interchange.registerfile": "x"},
    # Which accounts, and which roles they may give: postportal/staff/account_rights.py.
    ADMINISTRATOR: {"auth.user": "vac", "auth.group": "v"},
}


def register_permissions(label: str, letters_by_role: dict[str, str]) -> None:
    """Add a model of another app to the table: the letters of each role that has permissions on it."""
    for role, letters in letters_by_role.items():
        ROLES[role][label] = letters


def permissions_of(role: str) -> set[tuple[str, str]]:
    """Return the permissions of a role as pairs of app label and codename."""
    permissions = set()
    for label, letters in ROLES[role].items():
        for model_label in [label, *INLINE_MODELS.get(label, [])]:
            app, model = model_label.split(".")
            # Child rows are published and proposed with their parent.
            granted = letters if model_label == label else set(letters) - set("pwo")
            permissions |= {(app, f"{ACTION_LETTERS[letter]}_{model}") for letter in granted}
    return permissions


def sync_roles(*, using: str, apps: Any = installed, **kwargs: Any) -> None:
    """Give the groups of the roles exactly the permissions in the table. Runs after every migration, and leaves groups
    with other names alone: they belong to the administrators."""
    try:
        group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    except LookupError:
        return  # The tables of accounts do not exist yet, or any more.
    # Django creates permissions app by app after a migration; all of these are needed now.
    app_labels = {app for role in ROLES for app, _ in permissions_of(role)}
    for app in installed.get_app_configs():
        if app.label in app_labels:
            create_permissions(app, verbosity=0, using=using, apps=apps)
    groups = group._default_manager.using(using)
    existing = set(groups.values_list("name", flat=True))
    # In bulk, which sends no signals: an upgrade must not fill the audit log.
    groups.bulk_create(group(name=role) for role in ROLES if role not in existing)
    _set_permissions(
        group.permissions.through._default_manager.using(using), groups, permission._default_manager.using(using)
    )


def _set_permissions(grants: Any, groups: Any, permissions: Any) -> None:
    # Permissions of apps that are not installed, or whose tables do not exist yet, are missing here.
    available = {
        (app, codename): pk
        for pk, app, codename in permissions.values_list("pk", "content_type__app_label", "codename")
    }
    wanted = {
        (group, available[permission])
        for group, role in groups.filter(name__in=ROLES).values_list("pk", "name")
        for permission in permissions_of(role) & available.keys()
    }
    existing = {
        tuple(row): pk
        for pk, *row in grants.filter(group__name__in=ROLES).values_list("pk", "group_id", "permission_id")
    }
    grants.filter(pk__in=[pk for row, pk in existing.items() if row not in wanted]).delete()
    grants.bulk_create(grants.model(group_id=group, permission_id=pk) for group, pk in sorted(wanted - existing.keys()))
