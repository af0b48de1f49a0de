"""Outbox handlers of pages. They are listed in postportal/outbox/routes.py."""

from django.core.mail import EmailMessage
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from postportal.pages.models import ContactMessage, SiteSettings


def mail_contact_message(model: str, pk: int) -> None:
    """Send a contact message to the address in the site settings, unless it was sent before.

    `mailed_at` is set after the server has accepted the email: a message that arrives twice is better than one that
    never arrives."""
    message = ContactMessage.objects.filter(pk=pk, mailed_at__isnull=True).first()
    site = SiteSettings.load()
    if message is None or not site.contact_email:
        return
    _build_email(message, site=site).send()
    ContactMessage.objects.filter(pk=pk).update(mailed_at=timezone.now())


def _build_email(message: ContactMessage, *, site: SiteSettings) -> EmailMessage:
    """Return a plain text email in the language of the staff. The text of the reader comes last, so that it cannot
    imitate the lines of the portal."""
    with translation.override("en"):
        topic, name = message.get_topic_display(), _in_one_line(message.name)
        body = "\n".join(
            [
                _("Sent with the contact form on %(site)s.") % {"site": site.name},
                _("From: %(name)s") % {"name": name},
                _("Topic: %(topic)s") % {"topic": topic},
                _("Language: %(language)s") % {"language": message.language},
                _("Received: %(moment)s") % {"moment": timezone.localtime(message.sent_at).isoformat(" ", "minutes")},
                "",
                message.message,
            ]
        )
        subject = _("Contact form, %(topic)s: %(name)s") % {"topic": topic, "name": name}
    return EmailMessage(subject, body, to=[site.contact_email], reply_to=[_in_one_line(message.email)])


def _in_one_line(text: str) -> str:
    """Return the text without line breaks, which would start a new mail header."""
    return " ".join(text.split())
