import datetime as dt
from typing import Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from postportal.text.fields import LineField
from services.models.channel import Channel
from services.models.hotline_number import HotlineNumber

DIALLED_CHANNELS = (Channel.Kind.FAX, Channel.Kind.TEXT_RELAY)


class TextNumberQuerySet(models.QuerySet["TextNumber"]):
    def stray(self, day: dt.date) -> Self:
        """Return the numbers that no hotline has on this day: unknown ones, and old ones of a hotline."""
        dialled = Q(e164=OuterRef("number")) | Q(short_code=OuterRef("number"))
        channels = Channel.objects.filter(kind__in=DIALLED_CHANNELS, address=OuterRef("number"))
        return self.filter(~Exists(HotlineNumber.objects.on(day).filter(dialled)), ~Exists(channels))


class TextNumber(models.Model):
    """A telephone number that somebody typed into a rich text. Derived data: the outbox keeps it up to date, and
    `manage.py update_text_numbers` rebuilds it."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, db_index=False)
    object_id = models.PositiveBigIntegerField()
    # As in the register: in E.164 or as it is dialled within the country.
    number = models.CharField(_("number"), max_length=20)
    as_written = LineField(_("as written"), max_length=40)

    objects = TextNumberQuerySet.as_manager()

    class Meta:
        verbose_name = _("number in a text")
        verbose_name_plural = _("numbers in texts")
        # Nobody edits it, so there are no permissions.
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id", "number"], name="text_number_once")]

    def __str__(self) -> str:
        return self.as_written
