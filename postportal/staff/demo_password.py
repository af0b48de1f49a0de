"""Refusal of the public demo password outside demo installations.

It is part of the staff package and not of the demo, because a database may hold demo accounts while the demo is not
installed.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.checks import CheckMessage, Error
from django.core.exceptions import PermissionDenied
from django.db import Error as DatabaseError
from django.http import HttpRequest

# Public: the README names it.
DEMO_PASSWORD = "postportal-demo"  # noqa: S105
ACCOUNT_NAMES = ["admin", "author", "editor", "publisher", "philatelist", "servicedesk", "viewer", "newcomer"]


class RefuseDemoPassword:
    """Authentication backend that comes before the others and refuses the demo password for every account, unless DEBUG
    and DEMO are both on. It has no get_user: force_login would otherwise take it for the backend of a session that then
    belongs to nobody."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        if credentials.get("password") == DEMO_PASSWORD and not (settings.DEBUG and settings.DEMO):
            raise PermissionDenied


def check_for_demo_accounts(*, databases: Sequence[str] | None, **kwargs: Any) -> list[CheckMessage]:
    """Report accounts that still have the demo password. Run by `check --deploy --database default`.

    They cannot log in, but a production database should not hold them."""
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
            f"These accounts still have the public demo password: {', '.join(names)}.",
            hint="Delete them or set new passwords.",
            id="demo.E001",
        )
    ]
