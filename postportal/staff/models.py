"""Things that staff keep for themselves: autosaved forms, not validated and seen by nobody else, and filters."""

import datetime as dt
from binascii import unhexlify
from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from postportal.staff.secrets_at_rest import UnreadableSecret, decrypt, encrypt, is_encrypted
from postportal.text.fields import LineField
from postportal.web.date_fields import RangedDateTimeField

# Nobody comes back to a text later than that, and nobody has more forms open.
MAX_AUTOSAVE_AGE = dt.timedelta(days=30)
MAX_AUTOSAVES_PER_USER = 50
MAX_QUERY_LENGTH = 1000
# Nobody finds one among more.
MAX_SAVED_FILTERS = 50


class AutosaveQuerySet(models.QuerySet["Autosave"]):
    def of(self, model: type[models.Model], key: int | None, *, user: Any) -> Self:
        """Filter to what `user` has typed into forms of one item, or into forms for new items if `key` is None."""
        return self.of_object(model, key).filter(user=user)

    def of_object(self, model: type[models.Model], key: int | None) -> Self:
        return self.filter(content_type=ContentType.objects.get_for_model(model), object_id=key)

    def newest_first(self) -> Self:
        return self.order_by("-saved_at", "-pk")

    def store(
        self, model: type[models.Model], key: int | None, *, user: Any, form_key: str, data: str, at: dt.datetime
    ) -> "Autosave":
        """Store the data of one open form, and delete what is too old or exceeds the user's limit.

        `key` is the primary key of the item, None for a new one."""
        content_type = ContentType.objects.get_for_model(model)
        autosave, is_new = self.update_or_create(
            user=user,
            form_key=form_key,
            defaults={"content_type": content_type, "object_id": key, "data": data, "saved_at": at},
        )
        if is_new:
            own = self.filter(user=user)
            own.filter(saved_at__lt=at - MAX_AUTOSAVE_AGE).delete()
            surplus = own.newest_first().values_list("pk", flat=True)[MAX_AUTOSAVES_PER_USER:]
            self.filter(pk__in=list(surplus)).delete()
        return autosave


class Autosave(models.Model):
    """Fields of one open form as a browser sends them. Each opened form has a key of its own, so that two open forms of
    one item do not overwrite each other."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, db_index=False)
    object_id = models.PositiveBigIntegerField(null=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    form_key = models.CharField(_("form key"), max_length=32)
    data = models.TextField(_("fields"))
    saved_at = RangedDateTimeField(_("saved at"))

    objects = AutosaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("autosave")
        verbose_name_plural = _("autosaves")
        indexes = [models.Index(fields=["content_type", "object_id", "user"], name="autosave_of_item")]
        constraints = [models.UniqueConstraint(fields=["user", "form_key"], name="autosave_one_per_form")]

    def __str__(self) -> str:
        return f"{self.content_type} {self.object_id or '–'}, {self.user}"


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    def usable_by(self, user: Any) -> Self:
        """Keep the user's own filters and those that are shared."""
        return self.filter(Q(user=user.pk) | Q(is_shared=True))

    def for_list(self, model: type[models.Model], user: Any) -> Self:
        """Keep those of one list that the user may use."""
        content_type = ContentType.objects.get_for_model(model)
        return self.usable_by(user).filter(content_type=content_type).select_related("content_type").in_order()

    def in_order(self) -> Self:
        return self.order_by("content_type", "name", "pk")


class SavedFilter(models.Model):
    """Search, filters and order of a list under a name. The rows are those that the user may view when it is used."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = LineField(_("name"), max_length=80)
    query = models.CharField(_("filter"), max_length=MAX_QUERY_LENGTH, blank=True)
    is_shared = models.BooleanField(_("shared with everybody"), default=False)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "user", "name"], name="saved_filter_one_per_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def list_url(self) -> str:
        return reverse(f"admin:{self.content_type.app_label}_{self.content_type.model}_changelist")

    @property
    def url(self) -> str:
        return f"{self.list_url}?{self.query}"


class Preferences(models.Model):
    """Choices of a person on the page of their own account. An account without a row has the defaults."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="preferences", primary_key=True)
    language = models.CharField(
        _("language"),
        max_length=10,
        choices=settings.LANGUAGES,
        blank=True,
        help_text=_("Of staff pages and of emails to you. Leave blank for the language of the browser."),
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        blank=True,
        help_text=_("In which staff pages show and take times. Leave blank for the time zone of the portal."),
    )
    has_comment_mails = models.BooleanField(_("comments"), default=True)
    has_review_mails = models.BooleanField(_("submissions, returns and approvals"), default=True)
    has_assignment_mails = models.BooleanField(_("assignments and items handed over"), default=True)
    has_publication_mails = models.BooleanField(
        _("publications without review, and publications that failed"), default=True
    )

    class Meta:
        verbose_name = _("preferences")
        verbose_name_plural = _("preferences")

    def __str__(self) -> str:
        return str(self.user)


class Passkey(models.Model):
    """Public key of an authenticator, such as a phone or a security key, with which a person logs in. The private key
    never leaves the authenticator, so nobody who reads this table can log in with it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="passkeys")
    name = LineField(_("name"), max_length=80)
    # Both in the base64 of URLs. The standard allows 1,023 bytes.
    credential_id = models.CharField(_("ID"), max_length=1364, unique=True)
    public_key = models.TextField(_("public key"))
    # By which the authenticator names the account: random, and the same for all passkeys of one person.
    user_handle = models.CharField(_("user handle"), max_length=86)
    sign_count = models.PositiveBigIntegerField(_("signatures"), default=0)
    added_at = RangedDateTimeField(_("added at"))
    used_at = RangedDateTimeField(_("last used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("passkey")
        verbose_name_plural = _("passkeys")
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.name


class AuthenticatorApp(TOTPDevice):
    """Authenticator app whose secret is encrypted in the database, and bound to the account."""

    class Meta:
        proxy = True
        verbose_name = _("authenticator app")
        verbose_name_plural = _("authenticator apps")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not is_encrypted(stored := str(self.key)):  # type: ignore[has-type]
            self.key = encrypt(unhexlify(stored), of=self._owner)
        super().save(*args, **kwargs)

    @property
    def bin_key(self) -> bytes:
        """The secret. Those from before they were encrypted are read as they are."""
        stored = str(self.key)
        return decrypt(stored, of=self._owner) if is_encrypted(stored) else unhexlify(stored)

    @property
    def _owner(self) -> str:
        return f"authenticator app of account {self.user_id}"

    @property
    def is_readable(self) -> bool:
        try:
            return bool(self.bin_key)
        except UnreadableSecret:
            return False

    def encrypt_again(self) -> None:
        """Encrypt the secret with the current key. Raises UnreadableSecret."""
        self.key = encrypt(self.bin_key, of=self._owner)
        super().save(update_fields=["key"])


class ExternalLogin(models.Model):
    """Person as an OpenID provider knows them: by a subject that never changes, unlike name and email address."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="external_logins", db_index=False)
    issuer = models.CharField(_("provider"), max_length=255)
    subject = models.CharField(_("subject"), max_length=255)
    linked_at = RangedDateTimeField(_("linked at"))
    used_at = RangedDateTimeField(_("last used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("external login")
        verbose_name_plural = _("external logins")
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="external_login_one_per_subject"),
            models.UniqueConstraint(fields=["user", "issuer"], name="external_login_one_per_account"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.issuer}"

    @property
    def provider_name(self) -> str:
        """Return the name of the provider that is set up, and the URL of a former one."""
        return str(settings.OPENID_NAME if self.issuer == settings.OPENID_ISSUER else self.issuer)


def chosen_language(user: Any) -> str:
    """Return the language that the person chose for staff pages and emails, "" without a choice."""
    return Preferences.objects.filter(user=user.pk).values_list("language", flat=True).first() or ""


def language_of(user: Any) -> str:
    """Return the language in which the person reads emails: the chosen one, or that of the portal."""
    return chosen_language(user) or settings.LANGUAGE_CODE


def wanted_by(people: Iterable[Any], *, field: str) -> list[Any]:
    """Keep the people who want the emails that the field of the preferences stands for."""
    people = list(people)
    declined = Preferences.objects.filter(user__in=[person.pk for person in people], **{field: False}) if field else ()
    keys = {row.user_id for row in declined}
    return [person for person in people if person.pk not in keys]
