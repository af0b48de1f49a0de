"""Login in two steps, on one URL: the password, then a code. Between them nothing is stored and nobody is logged in:
the page of the second step holds a signed note that the password was right."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.audit.signals import shorten_username
from postportal.staff import second_factor
from postportal.staff.login_limits import LimitedLoginForm, seconds_to_wait

SALT = "postportal.staff.login_steps"
# Time to find the phone, and to set up an app.
MAX_AGE = 15 * 60


class TwoStepLoginForm(LimitedLoginForm):
    """Login form that asks for a code too, of people who have a second factor or must have one."""

    error_messages = {
        **LimitedLoginForm.error_messages,
        "code_needed": _("Enter the code of your authenticator app."),
        "code_wrong": _("This code is not right, or it was used before. Wait for the next one and try again."),
        "too_late": _("That took too long. Log in again."),
    }
    passed = forms.CharField(required=False, widget=forms.HiddenInput)
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
        if self.data.get("passed"):
            for name in ("username", "password"):
                self.fields[name].required = False

    def clean(self) -> dict[str, object]:
        if note := self.cleaned_data.get("passed"):
            self._check_code(note)
            return self.cleaned_data
        cleaned = super().clean()
        user = self.user_cache
        if user and (second_factor.has_second_factor(user) or second_factor.is_second_factor_required(user)):
            self.pending_user, self.user_cache = user, None
            raise ValidationError(self.error_messages["code_needed"], code="code_needed")
        return cleaned

    def _check_code(self, note: str) -> None:
        user = _user_of(note)
        if user is None or self.request is None:
            raise ValidationError(self.error_messages["too_late"], code="too_late")
        self.pending_user = user
        self.retry_after = seconds_to_wait(self.request, username=user.get_username(), at=timezone.now())
        if self.retry_after:
            raise ValidationError(self.error_messages["too_many"], code="too_many")
        check = second_factor.check_code if second_factor.has_second_factor(user) else second_factor.confirm_device
        if not check(user, str(self.cleaned_data.get("code", ""))):
            # Logged and counted like a wrong password.
            log_action(Action.LOGIN_FAILED, request=self.request, detail=shorten_username(user.get_username()))
            raise ValidationError(self.error_messages["code_wrong"], code="code_wrong")
        self.confirm_login_allowed(user)
        self.pending_user, self.user_cache = None, user

    @property
    def is_first_display(self) -> bool:
        """Return True if the only thing wrong is that nobody has been asked for a code yet."""
        return self.has_error("__all__", "code_needed")

    @cached_property
    def note(self) -> str:
        """The signed note for the page of the second step."""
        user: Any = self.pending_user
        return signing.dumps({"user": user.pk, "backend": user.backend, "state": _state_of(user)}, salt=SALT)

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


def _user_of(note: str) -> User | None:
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
