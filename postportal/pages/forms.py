"""The contact form."""

import datetime as dt
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from postportal.pages.models import ContactMessage

# Nobody reads the questions and writes an answer in less; whoever leaves the page open over night may still send it.
MIN_SECONDS_OPEN = 3
MAX_SECONDS_OPEN = 24 * 60 * 60
SIGNING_SALT = "contact-form"


class ContactForm(forms.ModelForm):
    use_required_attribute = False

    # Robots fill in what people do not see.
    homepage = forms.CharField(
        label=_("Leave this field empty"),
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
            "email": _("Your e-mail address"),
            "message": _("Your message"),
        }
        help_texts = {
            "email": _("We send our answer there and use it for nothing else."),
            "message": _("Say what happened, where and when. For a parcel, add its number. Up to 5,000 characters."),
        }
        error_messages = {
            "topic": {"required": _("Choose what it is about"), "invalid_choice": _("Choose one of the topics")},
            "name": {"required": _("Enter your name"), "max_length": _("Your name has more than 120 characters")},
            "email": {
                "required": _("Enter your e-mail address"),
                "invalid": _("Enter an e-mail address in the form name@example.org"),
            },
            "message": {
                "required": _("Write a message"),
                "max_length": _("Your message has more than 5,000 characters"),
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
        # Browsers cut what is pasted to this length and do not tell; we tell.
        self.fields["message"].widget.attrs.pop("maxlength")
        topics = ContactMessage.Topic.choices
        self.fields["topic"].choices = [("", _("Choose a topic")), *topics]  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """A name ends up in the subject of a mail: one line."""
        return " ".join(self.cleaned_data["name"].split())

    def clean_homepage(self) -> str:
        if self.cleaned_data["homepage"]:
            raise forms.ValidationError(_("Empty the last field: it is only there to stop robots"), code="robot")
        return ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            # First what the reader can see; correcting it takes time enough.
            return cleaned
        age = form_age(cleaned.get("started", ""), at=self.at)
        if age is None or age > MAX_SECONDS_OPEN:
            self.add_error(None, forms.ValidationError(_("The form was open for too long. Please send it again")))
        elif age < MIN_SECONDS_OPEN:
            self.add_error(
                None, forms.ValidationError(_("That was faster than people can write. Please send it again"))
            )
        return cleaned


def sign_opening_time(at: dt.datetime) -> str:
    """Return what the form carries to tell when it was opened, in a form nobody can make up."""
    return signing.Signer(salt=SIGNING_SALT).sign(at.isoformat())


def form_age(stamped: str, *, at: dt.datetime) -> float | None:
    """Return the seconds since the form was opened; None for a stamp that is not ours."""
    try:
        return (at - dt.datetime.fromisoformat(signing.Signer(salt=SIGNING_SALT).unsign(stamped))).total_seconds()
    except (signing.BadSignature, ValueError):
        return None
