import email.policy

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from pytest_django import DjangoCaptureOnCommitCallbacks

from postportal.outbox.delivery import deliver_all
from postportal.outbox.models import OutboxEvent
from postportal.pages.handlers import mail_contact_message
from tests.factories import pages

pytestmark = pytest.mark.django_db


def sent_mail() -> list[EmailMessage]:
    return list(mail.outbox)


def test_message_is_mailed_to_the_address_in_the_settings() -> None:
    pages.site_settings(contact_email="desk@post.example")
    message = pages.contact_message(name="Li Na", email="na@example.org", topic="stamps", message="Hello\n<b>you</b>")

    mail_contact_message("pages.contactmessage", message.pk)

    (mail_message,) = sent_mail()
    assert (mail_message.to, mail_message.reply_to) == (["desk@post.example"], ["na@example.org"])
    assert mail_message.subject == "Contact form, Stamps and collecting: Li Na"
    assert mail_message.body.splitlines()[:3] == [
        "Sent with the contact form on Yunhai Post.",
        "From: Li Na",
        "Topic: Stamps and collecting",
    ]
    assert mail_message.body.endswith("\n\nHello\n<b>you</b>")
    assert [part.get_content_type() for part in mail_message.message().walk()] == ["text/plain"]


def test_message_is_mailed_once() -> None:
    pages.site_settings()
    message = pages.contact_message()

    mail_contact_message("pages.contactmessage", message.pk)
    mail_contact_message("pages.contactmessage", message.pk)

    message.refresh_from_db()
    assert (len(sent_mail()), message.mailed_at is None) == (1, False)


def test_deleted_message_is_not_mailed() -> None:
    pages.site_settings()

    mail_contact_message("pages.contactmessage", 999)

    assert sent_mail() == []


def test_message_is_not_mailed_without_an_address() -> None:
    pages.site_settings(contact_email="")
    message = pages.contact_message()

    mail_contact_message("pages.contactmessage", message.pk)

    message.refresh_from_db()
    assert (sent_mail(), message.mailed_at) == ([], None)


@pytest.mark.parametrize("breaks", ["\nBcc: all@example.org", "\r\nBcc: all@example.org", "\u2028x", "\x0bx"])
def test_message_cannot_add_a_header(breaks: str) -> None:
    pages.site_settings()
    message = pages.contact_message(name=f"Li{breaks}", email="na@example.org\nBcc: all@example.org")

    mail_contact_message("pages.contactmessage", message.pk)

    (mail_message,) = sent_mail()
    parsed = email.message_from_bytes(mail_message.message().as_bytes(), policy=email.policy.default)
    assert (parsed["Bcc"], mail_message.recipients(), len(mail_message.subject.splitlines())) == (
        None,
        ["desk@post.example"],
        1,
    )


def test_message_stays_in_the_outbox_until_it_can_be_mailed(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    pages.site_settings(contact_email="desk@post.example\nnot an address")

    with django_capture_on_commit_callbacks(execute=True):
        message = pages.contact_message()
    undelivered = OutboxEvent.objects.filter(model_label="pages.contactmessage").count()
    pages.site_settings(contact_email="desk@post.example")
    deliver_all()

    message.refresh_from_db()
    assert (undelivered, OutboxEvent.objects.filter(model_label="pages.contactmessage").count()) == (1, 0)
    assert (len(sent_mail()), message.mailed_at is None) == (1, False)
