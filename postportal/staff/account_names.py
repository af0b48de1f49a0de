"""Names of accounts as colleagues read them."""

from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http import HttpRequest


def full_name_or_username(user: Any) -> str:
    """Return the name of the user, "" where there is no user."""
    return (user.get_full_name() or user.get_username()) if user else ""


def accounts_called(typed: str) -> QuerySet[User]:
    """Return the accounts with every word in their username or name."""
    users = User._default_manager.all()
    for word in typed.split()[:8]:
        users = users.filter(Q(username__icontains=word) | Q(first_name__icontains=word) | Q(last_name__icontains=word))
    return users


def own_account(request: HttpRequest) -> User:
    """Return the account of the user of the request, as it is in the database."""
    user: Any = request.user
    return User.objects.get(pk=user.pk)
