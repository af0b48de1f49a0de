"""Forms of accounts: for a new one, whose owner is invited, and for changes."""

from typing import Any

from django import forms
from django.contrib.auth.forms import ReadOnlyPasswordHashField, ReadOnlyPasswordHashWidget, UserChangeForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.roles import ADMINISTRATOR


class PasswordSummary(ReadOnlyPasswordHashWidget):
    """Password summary without the attribute `disabled`, which is not valid on a paragraph."""

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        return {key: value for key, value in super().build_attrs(base_attrs, extra_attrs).items() if key != "disabled"}


def check_email(email: str, *, account: User) -> str:
    """Return the address; refuse that of another account: a link to choose a password could be for either."""
    others = User.objects.exclude(pk=account.pk)
    if email and others.filter(email__iexact=email).exists():
        raise ValidationError(_("Another account has this email address."))
    return email


class InvitationForm(forms.ModelForm):
    """Form of a new account. It has no password until its owner chooses one."""

    class Meta:
        model = User
        fields = ("username", "email", "first_name", "last_name", "groups")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True
        self.fields["email"].help_text = gettext_lazy(
            "An email with a link to choose a password is sent to this address."
        )

    def clean_email(self) -> str:
        return check_email(self.cleaned_data["email"], account=self.instance)

    def save(self, commit: bool = True) -> User:
        user: User = self.instance
        user.is_staff = True
        user.set_unusable_password()
        saved: User = super().save(commit=commit)
        return saved


class StaffForm(UserChangeForm):
    """Form of an account. `request` is set by the admin."""

    request: Any = None
    password = ReadOnlyPasswordHashField(label=gettext_lazy("Password"), widget=PasswordSummary)

    def clean_email(self) -> str:
        return check_email(self.cleaned_data["email"], account=self.instance)

    def clean(self) -> dict[str, Any]:
        """Refuse to lock out oneself: nobody else may be there to undo it."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        user = self.request.user
        if self.instance.pk != user.pk:
            return cleaned
        for field in ("is_active", "is_staff", "is_superuser"):
            if field in self.fields and getattr(user, field) and not cleaned.get(field):
                self.add_error(field, _("You cannot take this away from your own account."))
        is_administrator = user.groups.filter(name=ADMINISTRATOR).exists()
        if "groups" in cleaned and is_administrator and not cleaned["groups"].filter(name=ADMINISTRATOR).exists():
            self.add_error("groups", _("You cannot take the role of administrator away from your own account."))
        return cleaned
