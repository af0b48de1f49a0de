"""Accounts of people whom an OpenID provider vouches for, and the roles that its groups give."""

import re
from typing import Any

from django.contrib.auth.models import Group, User
from django.db import IntegrityError, transaction
from django.utils import timezone

from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.staff.models import ExternalLogin
from postportal.staff.openid_settings import openid

MAX_NAME = 150


def account_of_claims(claims: dict[str, Any]) -> User | None:
    """Return the account of the person, None if there is none. Known subjects come first: an email address can pass on
    to somebody else, and the account stays with whom it was linked to."""
    known = ExternalLogin.objects.filter(issuer=openid.OPENID_ISSUER, subject=claims["sub"]).select_related("user")
    if login := known.first():
        user = login.user
        if not (user.is_active and user.is_staff):
            return None
        known.update(used_at=timezone.now())
        return user
    try:
        with transaction.atomic():
            found = _account_of_email(claims) if openid.OPENID_LINK_BY_EMAIL else None
            if found is None and openid.OPENID_CREATE_ACCOUNTS:
                found = _new_account(claims)
            if found:
                _link(found, subject=claims["sub"])
    except IntegrityError:
        # The account is linked to another person of the provider.
        return None
    return found


def set_roles(user: User, claims: dict[str, Any]) -> None:
    """Give and take away the roles that groups of the provider stand for. Other roles stay as they are."""
    if not openid.OPENID_ROLES:
        return
    groups = claims.get(openid.OPENID_GROUPS_CLAIM)
    held = {name for name in groups if isinstance(name, str)} if isinstance(groups, list) else set()
    managed = set(openid.OPENID_ROLES.values())
    wanted = {role for group, role in openid.OPENID_ROLES.items() if group in held}
    has = set(user.groups.filter(name__in=managed).values_list("name", flat=True))
    with transaction.atomic():
        if gone := has - wanted:
            user.groups.remove(*Group.objects.filter(name__in=gone))
        if new := wanted - has:
            user.groups.add(*Group.objects.filter(name__in=new))


def _account_of_email(claims: dict[str, Any]) -> User | None:
    """Return the one account with the address, which the provider says is the person's."""
    email = _verified_email(claims)
    if not email:
        return None
    found = list(User.objects.filter(email__iexact=email, is_active=True, is_staff=True).order_by("pk")[:2])
    return found[0] if len(found) == 1 and found[0].email.casefold() == email.casefold() else None


def _verified_email(claims: dict[str, Any]) -> str:
    email = claims.get("email")
    # Only the value itself: some providers send the text "false".
    return email.strip() if claims.get("email_verified") is True and isinstance(email, str) else ""


def _new_account(claims: dict[str, Any]) -> User | None:
    """Create an account without a password and without roles. An address that somebody has is no new person."""
    email = _verified_email(claims)
    if not email or User.objects.filter(email__iexact=email).exists():
        return None
    wanted = claims.get("preferred_username")
    name = re.sub(r"[^\w.@+-]", "", wanted if isinstance(wanted, str) else "")[:MAX_NAME] or email[:MAX_NAME]
    if User.objects.filter(username__iexact=name).exists():
        name = email[:MAX_NAME]
    user = User(username=name, email=email, is_staff=True)
    for field, claim in (("first_name", "given_name"), ("last_name", "family_name")):
        value = claims.get(claim)
        setattr(user, field, " ".join(value.split())[:MAX_NAME] if isinstance(value, str) else "")
    user.set_unusable_password()
    user.full_clean(exclude=["password"])
    user.save()
    return user


def _link(user: User, *, subject: str) -> None:
    now = timezone.now()
    ExternalLogin.objects.create(user=user, issuer=openid.OPENID_ISSUER, subject=subject, linked_at=now, used_at=now)
    log_action(Action.ACCOUNT_CHANGE, user=user, item=user, detail="linked with the OpenID provider")
