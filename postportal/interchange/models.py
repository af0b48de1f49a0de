"""Files that somebody has uploaded and not confirmed yet."""

import datetime as dt
import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from postportal.text.fields import LineField
from postportal.web.date_fields import RangedDateTimeField

# As long as somebody may read a report.
KEPT_FOR = dt.timedelta(days=1)


class RegisterFileQuerySet(models.QuerySet["RegisterFile"]):
    def of(self, user: Any) -> Self:
        return self.filter(uploaded_by=user)

    def outdated(self, at: dt.datetime) -> Self:
        return self.filter(uploaded_at__lt=at - KEPT_FOR)


class RegisterFile(models.Model):
    """An uploaded file between its report and its confirmation. Whoever uploads another file, or confirms this one,
    deletes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    register = models.CharField(_("register"), max_length=40)
    name = LineField(_("file name"), max_length=200)
    content = models.BinaryField(_("content"))
    uploaded_at = RangedDateTimeField(_("uploaded at"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("uploaded by")
    )

    objects = RegisterFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("uploaded register")
        verbose_name_plural = _("uploaded registers")
        # Nobody edits it; its permissions are those of all exports and imports.
        default_permissions = ()
        permissions = [
            ("export_registerfile", _("Can export registers")),
            ("import_registerfile", _("Can import registers")),
        ]

    def __str__(self) -> str:
        return self.name
