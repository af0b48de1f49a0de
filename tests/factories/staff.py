"""Factories for staff accounts and their browsers."""

from itertools import count
from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client

from postportal.publishing.models import Publishable
from postportal.publishing.workflow import steps

_number = count(1)


def account(role: str = "", **fields: Any) -> User:
    fields = {"username": f"staff-{next(_number)}", "is_staff": True, **fields}
    user = User.objects.create(**fields)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def publish(row: Publishable) -> None:
    """Publish the item as an administrator who did not write it."""
    steps.perform("publish", row, by=account(is_superuser=True))


def sign_in(user: User | None = None, *, role: str = "") -> Client:
    """Return a browser with a logged-in account: `user`, a new one with `role`, or else a new administrator."""
    client = Client()
    client.force_login(user or account(role, is_superuser=not role))
    return client
