from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from postportal.text.fields import LineField, LinesField
from postportal.web.date_fields import RangedDateTimeField


class ContactMessageQuerySet(models.QuerySet["ContactMessage"]):
    def unanswered(self) -> Self:
        return self.filter(answered_at__isnull=True)


class ContactMessage(models.Model):
    """A message sent with the contact form."""

    class Topic(models.TextChoices):
        POST = "post", _("Letters and parcels")
        STAMPS = "stamps", _("Stamps and collecting")
        PRESS = "press", _("Press")
        WEBSITE = "website", _("This website")
        OTHER = "other", _("Something else")

    name = LineField(_("name"), max_length=120)
    email = models.EmailField(_("email address"))
    topic = models.CharField(_("topic"), max_length=10, choices=Topic.choices)
    message = LinesField(_("message"), max_length=5000)
    language = models.CharField(_("language"), max_length=10)
    sent_at = RangedDateTimeField(_("sent at"), auto_now_add=True)
    mailed_at = RangedDateTimeField(_("mailed at"), null=True, blank=True, editable=False)
    answered_at = RangedDateTimeField(_("answered at"), null=True, blank=True)

    objects = ContactMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact message")
        verbose_name_plural = _("contact messages")
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(fields=["-sent_at", "-id"], name="contact_message_newest")]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_topic_display()}"
