"""The door that stays closed to the public password of the demo.

It stands here and not in the demo, because a database may hold demo accounts when the demo is not installed.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.checks import CheckMessage, Error
from django.core.exceptions import PermissionDenied
from django.db import Error as DatabaseError
from django.http import HttpRequest

# Public: it stands in the README.
DEMO_PASSWORD = "postportal-demo"  # noqa: S105
ACCOUNT_NAMES = ["admin", "author", "editor", "publisher", "philatelist", "servicedesk", "viewer", "newcomer"]


class RefuseDemoPassword:
    """Stands before the other backends. Whose account it is and how it came here does not matter: everybody knows the
    password of the demo, so it opens nothing unless DEBUG and DEMO are both on. It knows no users: a session opened in
    its name, as force_login would do with the first backend that does, would belong to nobody."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        if credentials.get("password") == DEMO_PASSWORD and not (settings.DEBUG and settings.DEMO):
            raise PermissionDenied


def check_for_demo_accounts(*, databases: Sequence[str] | None, **kwargs: Any) -> list[CheckMessage]:
    """Run by `check --deploy --database default`. The password opens nothing there, but an account with it has no place
    in a production database."""
    if not databases or "default" not in databases:
        return []
    try:
        users = User.objects.filter(username__in=ACCOUNT_NAMES).order_by("username")
        names = [user.username for user in users if user.check_password(DEMO_PASSWORD)]
    except DatabaseError:
        return []  # There are no tables yet.
    if not names:
        return []
    return [
        Error(
            f"Demo accounts with their public password: {', '.join(names)}.",
            hint="Delete them, or give them passwords of their own.",
            id="demo.E001",
        )
    ]
