"""Login in two steps, on one URL: the password, then a code or a passkey; or in one step with a passkey that has asked
for a fingerprint or a PIN. Between the steps nothing is stored and nobody is logged in: the page of the second step
holds a signed note that the password was right."""

from typing import Any, NoReturn

from django import forms
from django.contrib.auth.models import User
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.audit.signals import shorten_username
from postportal.staff import passkeys, second_factor
from postportal.staff.login_limits import LimitedLoginForm, seconds_to_wait
from postportal.staff.models import Passkey

SALT = "postportal.staff.login_steps"
# Time to find the phone, and to set up an app.
MAX_AGE = 15 * 60
# Where the session says that it comes from.
PASSKEY_BACKEND = "django.contrib.auth.backends.ModelBackend"
# In the log, for passkeys that belong to nobody. No username has a space.
UNKNOWN_PASSKEY = "unknown passkey"
PASSKEY_NAME_HELP = _("For example, “Phone” or “Security key in the desk”.")


class TwoStepLoginForm(LimitedLoginForm):
    """Login form that asks for a code too, of people who have a second factor or must have one."""

    error_messages = {
        **LimitedLoginForm.error_messages,
        "code_needed": _("Enter the code of your authenticator app."),
        "code_wrong": _("This code is not right, or it was used before. Wait for the next one and try again."),
        "passkey_wrong": _("This passkey was not accepted. Try again, or log in another way."),
        "passkey_not_added": _("The passkey could not be added. Try again."),
        "too_late": _("That took too long. Log in again."),
    }
    passed = forms.CharField(required=False, widget=forms.HiddenInput)
    passkey = forms.CharField(required=False, max_length=passkeys.MAX_ANSWER_LENGTH, widget=forms.HiddenInput)
    passkey_note = forms.CharField(required=False, max_length=passkeys.MAX_ANSWER_LENGTH, widget=forms.HiddenInput)
    passkey_name = Passkey._meta.get_field("name").formfield(
        label=_("Name of the passkey"), required=False, help_text=PASSKEY_NAME_HELP
    )
    code = forms.CharField(
        label=_("Code"),
        required=False,
        max_length=second_factor.MAX_CODE_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}),
    )
    # The person whose password was right and whose code is missing.
    pending_user: User | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get("passed") or self.data.get("passkey"):
            for name in ("username", "password"):
                self.fields[name].required = False

    def clean(self) -> dict[str, object]:
        if note := self.cleaned_data.get("passed"):
            self._check_second_step(note)
            return self.cleaned_data
        if self.cleaned_data.get("passkey"):
            self._check_passkey_alone()
            return self.cleaned_data
        cleaned = super().clean()
        user = self.user_cache
        if user and (second_factor.has_second_factor(user) or second_factor.is_second_factor_required(user)):
            self.pending_user, self.user_cache = user, None
            raise ValidationError(self.error_messages["code_needed"], code="code_needed")
        return cleaned

    def _check_second_step(self, note: str) -> None:
        user = user_of_note(note)
        if user is None or self.request is None:
            raise ValidationError(self.error_messages["too_late"], code="too_late")
        self.pending_user = user
        self._check_limits(user.get_username())
        if second_factor.has_second_factor(user):
            self._check_factor(user)
        else:
            self._set_up_factor(user)
        self.confirm_login_allowed(user)
        self.pending_user, self.user_cache = None, user

    def _check_factor(self, user: User) -> None:
        if self.cleaned_data.get("passkey"):
            row = passkeys.find_passkey(self.cleaned_data["passkey"])
            if row is None or not self._has_signed(row, purpose=passkeys.SECOND_STEP, user=user):
                self._refuse("passkey_wrong", username=user.get_username())
        elif not second_factor.check_code(user, str(self.cleaned_data.get("code", ""))):
            self._refuse("code_wrong", username=user.get_username())

    def _set_up_factor(self, user: User) -> None:
        """Accept the first code of a new app, or a new passkey, of somebody who may not log in without."""
        if answer := self.cleaned_data.get("passkey"):
            name = self.cleaned_data.get("passkey_name") or gettext("Passkey")
            note = self.cleaned_data.get("passkey_note", "")
            if passkeys.add_passkey(user, name=name, answer=answer, note=note) is None:
                self._refuse("passkey_not_added", username=user.get_username())
        elif not second_factor.confirm_device(user, str(self.cleaned_data.get("code", ""))):
            self._refuse("code_wrong", username=user.get_username())

    def _check_passkey_alone(self) -> None:
        """Log in without name and password: the passkey says who it is."""
        row = passkeys.find_passkey(self.cleaned_data["passkey"])
        user: Any = row.user if row else None
        username = user.get_username() if user else ""
        self._check_limits(username)
        if row is None or not self._has_signed(row, purpose=passkeys.LOGIN):
            self._refuse("passkey_wrong", username=username)
        if not (user.is_active and user.is_staff):
            self._refuse("passkey_wrong", username=username)
        user.backend = PASSKEY_BACKEND
        self.user_cache = user

    def _has_signed(self, row: Passkey, *, purpose: str, user: Any = None) -> bool:
        answer, note = self.cleaned_data["passkey"], self.cleaned_data.get("passkey_note", "")
        return passkeys.check_passkey(row, answer=answer, note=note, purpose=purpose, user=user)

    def _check_limits(self, username: str) -> None:
        self.retry_after = seconds_to_wait(self.request, username=username, at=timezone.now()) if self.request else 0
        if self.retry_after:
            raise ValidationError(self.error_messages["too_many"], code="too_many")

    def _refuse(self, code: str, *, username: str) -> NoReturn:
        """Log and count a wrong code or passkey like a wrong password."""
        detail = shorten_username(username) if username else UNKNOWN_PASSKEY
        log_action(Action.LOGIN_FAILED, request=self.request, detail=detail)
        raise ValidationError(self.error_messages[code], code=code)

    @property
    def is_first_display(self) -> bool:
        """Return True if the only thing wrong is that nobody has been asked for a code yet."""
        return self.has_error("__all__", "code_needed")

    @cached_property
    def note(self) -> str:
        """The signed note for the page of the second step."""
        user: Any = self.pending_user
        return signing.dumps({"user": user.pk, "backend": user.backend, "state": _state_of(user)}, salt=SALT)

    @property
    def has_app(self) -> bool:
        return self.pending_user is not None and second_factor.has_app(self.pending_user)

    @property
    def has_passkey(self) -> bool:
        return self.pending_user is not None and second_factor.has_passkey(self.pending_user)

    @cached_property
    def new_device(self) -> Any:
        """The app to set up, None if the person has one."""
        is_set_up = self.pending_user is None or second_factor.has_second_factor(self.pending_user)
        return None if is_set_up else second_factor.new_device(self.pending_user)

    @property
    def qr_code(self) -> SafeString:
        return second_factor.qr_code(self.new_device)

    @property
    def secret(self) -> str:
        return second_factor.secret_of(self.new_device)


def user_of_note(note: str) -> User | None:
    """Return the person whom the note is about. It ends with the next login and with a change of the password."""
    try:
        facts = signing.loads(note, salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return None
    user: Any = User.objects.filter(pk=facts["user"], is_active=True, is_staff=True).first()
    if user is None or not constant_time_compare(facts["state"], _state_of(user)):
        return None
    user.backend = facts["backend"]
    return user  # type: ignore[no-any-return]


def _state_of(user: Any) -> str:
    state = f"{user.get_session_auth_hash()}{user.last_login}"
    return salted_hmac(SALT, state, algorithm="sha256").hexdigest()
