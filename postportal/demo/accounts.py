"""The staff accounts of the demo, and the door that stays closed to their public password."""

from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from postportal.demo.run import LoadRun

# Public: it stands in the README.
DEMO_PASSWORD = "postportal-demo"  # noqa: S105

# Account and role; newcomer may sign in and has no rights yet.
ACCOUNT_ROLES = {
    "admin": "",
    "author": "Author",
    "editor": "Editor",
    "publisher": "Publisher",
    "philatelist": "Philatelist",
    "servicedesk": "Service desk",
    "viewer": "Viewer",
    "newcomer": "",
}


class RefuseDemoPassword:
    """Stands before the other backends. Whose account it is and how it came here does not matter: everybody knows the
    password of the demo, so with DEBUG off it opens nothing. It knows no users: a session opened in its name, as
    force_login would do with the first backend that does, would belong to nobody."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        if not settings.DEBUG and credentials.get("password") == DEMO_PASSWORD:
            raise PermissionDenied


def load_accounts(run: LoadRun) -> None:
    password = make_password(DEMO_PASSWORD)  # Once: it takes a third of a second.
    for name, role in ACCOUNT_ROLES.items():
        fields = {"password": password, "is_staff": True, "is_superuser": name == "admin"}
        user, made = run.get_or_create(User, {"username": name}, fields)
        if made and role:
            user.groups.add(Group.objects.get(name=role))
