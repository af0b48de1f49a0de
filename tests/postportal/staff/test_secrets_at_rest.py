"""Secrets of authenticator apps: unreadable in the database, bound to their account, and kept when the key changes."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import Settings

from postportal.staff.models import AuthenticatorApp
from postportal.staff.second_factor import check_code, new_device
from postportal.staff.secrets_at_rest import UnreadableSecret, decrypt, encrypt
from tests.factories import staff

OLD, NEW = "old-key-" * 8, "new-key-" * 8


def code_of(secret: bytes) -> str:
    return f"{totp(secret):06d}"


@pytest.mark.parametrize("secret", [b"", b"\x00" * 20, bytes(range(40))])
def test_secret_is_read_for_its_owner_only(secret: bytes) -> None:
    stored = encrypt(secret, of="a")

    assert decrypt(stored, of="a") == secret
    assert stored != encrypt(secret, of="a")
    with pytest.raises(UnreadableSecret):
        decrypt(stored, of="b")


@pytest.mark.parametrize("stored", ["v1:", "v1:x", "v1:!!!!", "v1:é", "v1:" + "A" * 64, ""])
def test_text_that_is_no_secret_is_unreadable(stored: str) -> None:
    with pytest.raises(UnreadableSecret):
        decrypt(stored, of="a")


def test_former_keys_are_tried(settings: Settings) -> None:
    settings.SECRET_KEY = OLD
    stored = encrypt(b"secret", of="a")
    settings.SECRET_KEY = NEW

    with pytest.raises(UnreadableSecret):
        decrypt(stored, of="a")
    settings.SECRET_KEY_FALLBACKS = ["another", OLD]
    assert decrypt(stored, of="a") == b"secret"


@pytest.mark.django_db
def test_database_holds_no_secret_and_codes_are_still_right() -> None:
    user = staff.account("Editor")
    app = new_device(user)
    AuthenticatorApp.objects.update(confirmed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM otp_totp_totpdevice")
        [(stored,)] = cursor.fetchall()

    assert app.bin_key.hex() not in stored
    assert stored.startswith("v1:")
    assert len(stored) <= 80
    assert check_code(user, code_of(app.bin_key))
    # The login has saved the row, and not the secret as it is.
    assert TOTPDevice.objects.get().key == stored


@pytest.mark.django_db
def test_secret_copied_to_another_account_opens_nothing() -> None:
    user, victim = staff.account("Editor"), staff.account("Editor", username="victim")
    own = AuthenticatorApp.objects.create(user=user, confirmed=True, name="app")
    copied = AuthenticatorApp.objects.create(user=victim, confirmed=True, name="app")
    TOTPDevice.objects.filter(pk=copied.pk).update(key=own.key)

    assert not check_code(victim, code_of(own.bin_key))


@pytest.mark.django_db
def test_command_encrypts_what_is_old_or_plain(settings: Settings) -> None:
    settings.SECRET_KEY = OLD
    users = [staff.account("Editor", username=name) for name in ("plain", "old", "lost")]
    plain, old = TOTPDevice(user=users[0], name="app"), AuthenticatorApp(user=users[1], name="app")
    secrets = [plain.bin_key, old.bin_key]
    plain.save()
    old.save()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]

    out = StringIO()
    call_command("encrypt_secrets", stdout=out)
    settings.SECRET_KEY_FALLBACKS = []

    assert out.getvalue() == "2 secrets encrypted.\n"
    assert [app.bin_key for app in AuthenticatorApp.objects.order_by("pk")] == secrets
    settings.SECRET_KEY = OLD
    AuthenticatorApp.objects.create(user=users[2], name="app")
    settings.SECRET_KEY = NEW
    with pytest.raises(CommandError, match="lost"):
        call_command("encrypt_secrets", stdout=out)


@pytest.mark.django_db
def test_app_that_cannot_be_read_is_replaced_while_it_is_set_up(settings: Settings) -> None:
    user = staff.account("Editor")
    settings.SECRET_KEY = OLD
    lost = new_device(user)
    settings.SECRET_KEY = NEW

    found = new_device(user)

    assert (found.pk != lost.pk, found.is_readable, AuthenticatorApp.objects.count()) == (True, True, 1)
