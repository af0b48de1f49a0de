"""The contact form."""

import datetime as dt
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from postportal.pages.models import ContactMessage

# Nobody can fill in the form faster than the minimum. The maximum allows a page left open overnight.
MIN_SECONDS_OPEN = 3
MAX_SECONDS_OPEN = 24 * 60 * 60
SIGNING_SALT = "contact-form"


class ContactForm(forms.ModelForm):
    use_required_attribute = False

    # Hidden from people, but robots fill it in.
    homepage = forms.CharField(
        label=_("Leave this field blank"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    started = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = ContactMessage
        fields = ["topic", "name", "email", "message"]
        labels = {
            "topic": _("What is it about?"),
            "name": _("Your name"),
            "email": _("Your email address"),
            "message": _("Your message"),
        }
        help_texts = {
            "email": _("We use it only to reply to you."),
            "message": _(
                "Describe what happened, where and when. For a parcel, include its tracking number. "
                "Up to 5,000 characters."
            ),
        }
        error_messages = {
            "topic": {
                "required": _("Choose a topic for your message"),
                "invalid_choice": _("Choose a topic from the list"),
            },
            "name": {"required": _("Enter your name"), "max_length": _("Your name must be 120 characters or fewer")},
            "email": {
                "required": _("Enter your email address"),
                "invalid": _("Enter an email address in the correct format, like name@example.org"),
            },
            "message": {
                "required": _("Enter a message"),
                "max_length": _("Your message must be 5,000 characters or fewer"),
            },
        }
        widgets = {
            "topic": forms.Select(),
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
            "message": forms.Textarea(attrs={"rows": 9}),
        }

    def __init__(self, *args: Any, at: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        # With maxlength, browsers would cut pasted text silently. The form shows an error instead.
        self.fields["message"].widget.attrs.pop("maxlength")
        topics = ContactMessage.Topic.choices
        self.fields["topic"].choices = [("", _("Choose a topic")), *topics]  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """Return the name on one line, since it becomes part of the subject of an email."""
        return " ".join(self.cleaned_data["name"].split())

    def clean_homepage(self) -> str:
        if self.cleaned_data["homepage"]:
            raise forms.ValidationError(_("Leave the last field blank. It is there only to stop robots"), code="robot")
        return ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            # Show only the errors the reader can correct. Correcting them takes long enough.
            return cleaned
        started = cleaned.get("started", "")
        if not is_open(started, at=self.at):
            self.add_error(None, forms.ValidationError(_("The form has expired. Send it again")))
        elif (form_age(started, at=self.at) or 0) < MIN_SECONDS_OPEN:
            self.add_error(None, forms.ValidationError(_("The form was sent too quickly. Send it again")))
        return cleaned


def sign_opening_time(at: dt.datetime) -> str:
    """Return the time at which the form is opened, signed so that it cannot be forged."""
    return signing.Signer(salt=SIGNING_SALT).sign(at.isoformat())


def is_open(signed_time: str, *, at: dt.datetime) -> bool:
    """Return True if the form was opened before `at` and has not expired."""
    age = form_age(signed_time, at=at)
    return age is not None and 0 <= age <= MAX_SECONDS_OPEN


def form_age(signed_time: str, *, at: dt.datetime) -> float | None:
    """Return the seconds since the form was opened; None if the signature is not valid."""
    try:
        return (at - dt.datetime.fromisoformat(signing.Signer(salt=SIGNING_SALT).unsign(signed_time))).total_seconds()
    except (signing.BadSignature, ValueError):
        return None
