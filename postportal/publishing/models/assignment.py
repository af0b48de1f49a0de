"""Assignments: who works on an item next, and by when."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from postportal.web.date_fields import RangedDateField, RangedDateTimeField


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def of(self, item: models.Model) -> Self:
        return self.of_model(type(item)).filter(object_id=item.pk)

    def of_model(self, model: type[models.Model]) -> Self:
        return self.filter(content_type=ContentType.objects.get_for_model(model))

    def overdue(self, day: dt.date) -> Self:
        return self.filter(due_on__lt=day)

    def soonest_first(self) -> Self:
        """Order by due date; those without one come last."""
        return self.order_by(models.F("due_on").asc(nulls_last=True), "at", "pk")


class Assignment(models.Model):
    """The account that works on an item, and the day on which the work is due. It ends with the publication."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, db_index=False)
    object_id = models.PositiveBigIntegerField()
    item = GenericForeignKey("content_type", "object_id")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("assigned to")
    )
    due_on = RangedDateField(_("due on"), null=True, blank=True, is_end=True, years_ahead=2)
    at = RangedDateTimeField(_("assigned at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id"], name="assignment_one_each"),
        ]

    def __str__(self) -> str:
        return f"{self.user or '–'}: {self.content_type} {self.object_id}"

    def is_overdue_on(self, day: dt.date) -> bool:
        return self.due_on is not None and self.due_on < day
