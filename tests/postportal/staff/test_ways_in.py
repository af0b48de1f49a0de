"""Passkeys, apps and links that stay because nothing else opens the account."""

import pytest
from django.utils import timezone
from pytest_django import Settings

from postportal.staff.models import AuthenticatorApp, Passkey
from postportal.staff.second_factor import count_recovery_codes, make_recovery_codes
from postportal.staff.ways_in import Needed, can_log_in, remove_app, remove_passkey, turn_off
from tests.factories import staff

pytestmark = pytest.mark.django_db


def passkey_of(user: object) -> Passkey:
    return Passkey.objects.create(
        user=user, name="Phone", credential_id="a", public_key="b", user_handle="c", added_at=timezone.now()
    )


def test_app_stays_where_the_role_requires_a_factor_and_there_is_no_passkey(settings: Settings) -> None:
    settings.STAFF_TWO_FACTOR_ROLES = ["Editor"]
    user = staff.account("Editor")
    AuthenticatorApp.objects.create(user=user, name="app", confirmed=True)
    make_recovery_codes(user)

    assert (remove_app(user), turn_off(user)) == (Needed.LAST_FACTOR, Needed.LAST_FACTOR)
    assert (AuthenticatorApp.objects.count(), count_recovery_codes(user)) == (1, 10)
    passkey_of(user)
    assert (remove_app(user), AuthenticatorApp.objects.count(), count_recovery_codes(user)) == (None, 0, 10)


def test_app_opens_nothing_alone_so_the_last_passkey_of_an_account_without_password_stays() -> None:
    user = staff.account("Editor")
    user.set_unusable_password()
    user.save()
    AuthenticatorApp.objects.create(user=user, name="app", confirmed=True)
    passkey = passkey_of(user)

    assert (remove_passkey(passkey), can_log_in(user)) == (Needed.LAST_WAY_IN, True)
    assert remove_app(user) is None


def test_account_that_nothing_opens_keeps_nothing() -> None:
    user = staff.account("Editor")
    user.set_unusable_password()
    user.save()
    AuthenticatorApp.objects.create(user=user, name="app", confirmed=True)

    assert (turn_off(user), AuthenticatorApp.objects.count()) == (None, 0)
