"""Files that somebody has uploaded and not confirmed yet, and imports that are too long for one request."""

import datetime as dt
import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from postportal.text.fields import LineField
from postportal.web.date_fields import RangedDateTimeField

# As long as somebody may read a report, before or after they confirm it.
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


class LongImportQuerySet(models.QuerySet["LongImport"]):
    def unfinished(self) -> Self:
        """Keep those of which something is left to do, unless somebody has to confirm it first."""
        return self.filter(phase__in=[LongImport.Phase.CHECKING, LongImport.Phase.WRITING]).order_by("uploaded_at")

    def writing(self, register: str) -> Self:
        return self.filter(register=register, phase=LongImport.Phase.WRITING)

    def visible_to(self, user: Any) -> Self:
        """Keep those of the user, and what anybody is writing or has written."""
        unwritten = [LongImport.Phase.CHECKING, LongImport.Phase.CHECKED]
        return self.filter(models.Q(uploaded_by=user) | ~models.Q(phase__in=unwritten))

    def to_forget(self, at: dt.datetime) -> Self:
        """Keep those that nobody has gone on with for a long time. What is being written goes on."""
        return self.exclude(phase=LongImport.Phase.WRITING).filter(changed_at__lt=at - KEPT_FOR)


class LongImport(models.Model):
    """An import that is too long for one request: it is checked in steps, confirmed, and written in the same steps."""

    class Phase(models.TextChoices):
        CHECKING = "checking", _("Checking")
        CHECKED = "checked", _("Checked")
        WRITING = "writing", _("Importing")
        FINISHED = "finished", _("Imported")
        STOPPED = "stopped", _("Stopped")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    register = models.CharField(_("register"), max_length=40)
    name = LineField(_("file name"), max_length=200)
    phase = models.CharField(_("phase"), max_length=8, choices=Phase.choices, default=Phase.CHECKING)
    # Of the report: all steps say the same words, whoever takes them.
    language = models.CharField(_("language"), max_length=10)
    uploaded_at = RangedDateTimeField(_("uploaded at"))
    changed_at = RangedDateTimeField(_("changed at"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("uploaded by")
    )

    objects = LongImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("long import")
        verbose_name_plural = _("long imports")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["register"], condition=models.Q(phase="writing"), name="one_long_import_of_a_register"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ImportStep(models.Model):
    """Some records of a long import, which are checked in one transaction and written in another."""

    long_import = models.ForeignKey(
        LongImport, models.CASCADE, related_name="steps", verbose_name=_("long import"), db_index=False
    )
    number = models.PositiveIntegerField(_("number"))
    row_count = models.PositiveIntegerField(_("rows"))
    # JSON as text: a database would refuse numbers that files can contain.
    records = models.TextField(_("records"))
    # New records of earlier steps to which these refer.
    beside = models.TextField(_("records beside"))
    # What was reported, without rows that stay as they are; "" before the check.
    outcomes = models.TextField(_("outcomes"), blank=True)
    is_checked = models.BooleanField(_("checked"), default=False)
    is_written = models.BooleanField(_("written"), default=False)
    new = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)

    class Meta:
        verbose_name = _("step of a long import")
        verbose_name_plural = _("steps of long imports")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["long_import", "number"], name="import_step_once")]

    def __str__(self) -> str:
        return f"{self.long_import} {self.number}"
