"""Names of accounts as colleagues read them."""

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest


def full_name_or_username(user: Any) -> str:
    """Return the name of the user, "" where there is no user."""
    return (user.get_full_name() or user.get_username()) if user else ""


def own_account(request: HttpRequest) -> User:
    """Return the account of the user of the request, as it is in the database."""
    user: Any = request.user
    return User.objects.get(pk=user.pk)
