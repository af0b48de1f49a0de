from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.core.checks import CheckMessage, Error
from django.db import Error as DatabaseError

from postportal.demo.accounts import ACCOUNT_ROLES, DEMO_PASSWORD


def check_for_demo_accounts(*, databases: Sequence[str] | None, **kwargs: Any) -> list[CheckMessage]:
    """Run by `check --deploy --database default`. The password opens nothing with DEBUG off, but an account with it has
    no place in a production database."""
    if not databases or "default" not in databases:
        return []
    try:
        users = User.objects.filter(username__in=ACCOUNT_ROLES).order_by("username")
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
