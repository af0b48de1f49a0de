"""Encrypt the secrets of authenticator apps with the current SECRET_KEY."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from postportal.staff.models import AuthenticatorApp
from postportal.staff.secrets_at_rest import UnreadableSecret


class Command(BaseCommand):
    help = (
        "Encrypts the secrets of authenticator apps with SECRET_KEY. Run it after the upgrade that encrypts them, and "
        "after a change of SECRET_KEY, before the old key leaves SECRET_KEY_FALLBACKS."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done, unreadable = 0, []
        for key in AuthenticatorApp.objects.order_by("pk").values_list("pk", flat=True):
            with transaction.atomic():
                # Locked, because a login writes the row too.
                app = AuthenticatorApp.objects.select_for_update().select_related("user").filter(pk=key).first()
                if app is None:
                    continue
                try:
                    app.encrypt_again()
                except UnreadableSecret:
                    unreadable.append(app.user.get_username())
                    continue
                done += 1
        self.stdout.write(f"{done} secrets encrypted.")
        if unreadable:
            names = ", ".join(sorted(unreadable))
            raise CommandError(
                f"Encrypted with a key that is in neither setting: {names}. Reset their two-factor login."
            )
