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


def sent() -> list[EmailMessage]:
    return list(mail.outbox)


def test_message_is_mailed_to_those_who_answer() -> None:
    pages.site_settings(contact_email="desk@post.example")
    message = pages.contact_message(name="Li Na", email="na@example.org", topic="stamps", message="Hello\n<b>you</b>")

    mail_contact_message("pages.contactmessage", message.pk)

    (letter,) = sent()
    assert (letter.to, letter.reply_to) == (["desk@post.example"], ["na@example.org"])
    assert letter.subject == "Contact form, Stamps and collecting: Li Na"
    assert letter.body.splitlines()[:3] == [
        "Sent with the contact form of Yunhai Post.",
        "From: Li Na",
        "Topic: Stamps and collecting",
    ]
    assert letter.body.endswith("\n\nHello\n<b>you</b>")
    assert [part.get_content_type() for part in letter.message().walk()] == ["text/plain"]


def test_message_is_mailed_once() -> None:
    pages.site_settings()
    message = pages.contact_message()

    mail_contact_message("pages.contactmessage", message.pk)
    mail_contact_message("pages.contactmessage", message.pk)

    message.refresh_from_db()
    assert (len(sent()), message.mailed_at is None) == (1, False)


def test_message_that_is_gone_is_not_mailed() -> None:
    pages.site_settings()

    mail_contact_message("pages.contactmessage", 999)

    assert sent() == []


def test_message_without_anybody_to_answer_stays_where_it_is() -> None:
    pages.site_settings(contact_email="")
    message = pages.contact_message()

    mail_contact_message("pages.contactmessage", message.pk)

    message.refresh_from_db()
    assert (sent(), message.mailed_at) == ([], None)


@pytest.mark.parametrize("breaks", ["\nBcc: all@example.org", "\r\nBcc: all@example.org", "\u2028x", "\x0bx"])
def test_message_cannot_add_a_header(breaks: str) -> None:
    pages.site_settings()
    message = pages.contact_message(name=f"Li{breaks}", email="na@example.org\nBcc: all@example.org")

    mail_contact_message("pages.contactmessage", message.pk)

    (letter,) = sent()
    parsed = email.message_from_bytes(letter.message().as_bytes(), policy=email.policy.default)
    assert (parsed["Bcc"], letter.recipients(), len(letter.subject.splitlines())) == (None, ["desk@post.example"], 1)


def test_message_waits_until_it_can_be_mailed(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    pages.site_settings(contact_email="desk@post.example\nnot an address")

    with django_capture_on_commit_callbacks(execute=True):
        message = pages.contact_message()
    waiting = OutboxEvent.objects.filter(model_label="pages.contactmessage").count()
    pages.site_settings(contact_email="desk@post.example")
    deliver_all()

    message.refresh_from_db()
    assert (waiting, OutboxEvent.objects.filter(model_label="pages.contactmessage").count()) == (1, 0)
    assert (len(sent()), message.mailed_at is None) == (1, False)
