"""Rules on who may change which accounts, and give which roles.

Whoever can change the email address or the password of an account can become it. So nobody changes an account that may
do more than they can give: superusers give everything, members of the role “Administrator” the built-in roles and
groups that allow no more than these, others what they have themselves.
"""

from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q, QuerySet

from postportal.roles import ADMINISTRATOR, ROLES
from postportal.staff.permissions import PROPOSE


def may_give_roles(user: Any) -> bool:
    """Return True for superusers and for members of the role “Administrator”."""
    return bool(user.is_active and (user.is_superuser or user.groups.filter(name=ADMINISTRATOR).exists()))


def grantable_groups(user: Any) -> QuerySet[Group]:
    """Return the roles and groups that the user may give and take away."""
    if user.is_superuser:
        return Group.objects.all()
    if not may_give_roles(user):
        return Group.objects.none()
    beyond = Permission.objects.exclude(pk__in=_grantable_permissions(user))
    return Group.objects.exclude(permissions__in=beyond)


def may_manage(user: Any, account: User) -> bool:
    """Return True if the user may change the account: it may do nothing that the user could not give."""
    if user.is_superuser or user.pk == account.pk:
        return True
    if account.is_superuser:
        return False
    held = Permission.objects.filter(Q(user=account.pk) | Q(group__user=account.pk))
    return not held.exclude(pk__in=_grantable_permissions(user)).exists()


def _grantable_permissions(user: Any) -> Any:
    own = Q(user=user.pk) | Q(group__user=user.pk)
    of_roles = Q(group__name__in=ROLES) if may_give_roles(user) else Q(pk__in=[])
    granted = Permission.objects.filter(own | of_roles).order_by()
    # Whoever may change rows may do more than propose changes to them.
    changeable = granted.filter(codename__startswith="change_").values("content_type")
    lesser = Q(codename__startswith=f"{PROPOSE}_", content_type__in=changeable)
    return Permission.objects.filter(Q(pk__in=granted.values("pk")) | lesser).order_by().values("pk")
