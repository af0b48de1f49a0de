"""Rows that `loaddata` loads are no changes to accounts, roles and permissions."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core import serializers

from tests.factories import audit, staff

pytestmark = pytest.mark.django_db


def test_accounts_and_roles_of_a_fixture_are_not_logged() -> None:
    """They were logged when they were made, in the log that a fixture brings along."""
    user = staff.account("Editor")
    user.user_permissions.set(Permission.objects.all()[:2])
    group = Group.objects.create(name="Auditors")
    group.permissions.set(Permission.objects.all()[:3])
    rows = [Group.objects.get(name="Editor"), group, user]
    fixture = serializers.serialize("json", rows, use_natural_foreign_keys=True)
    User.objects.all().delete()
    Group.objects.all().delete()
    last = audit.last_number()

    for row in serializers.deserialize("json", fixture):
        row.save()

    assert (User.objects.get().groups.get().name, group.permissions.count()) == ("Editor", 3)
    assert audit.actions_since(after=last) == []


def test_change_after_a_fixture_is_logged() -> None:
    fixture = serializers.serialize("json", [Group.objects.create(name="Auditors")])
    [row] = serializers.deserialize("json", fixture)
    row.save()
    last = audit.last_number()

    row.object.save()
    row.object.permissions.set(Permission.objects.filter(codename="view_article"))

    assert audit.actions_since(after=last) == [
        ("permission-change", "role saved"),
        ("permission-change", "permissions + news.view_article"),
    ]
