"""Authors of items: the accounts that may edit an item as its writer may."""

from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from postportal.web.date_fields import RangedDateTimeField


class AuthorshipQuerySet(models.QuerySet["Authorship"]):
    def of(self, item: models.Model) -> Self:
        return self.of_model(type(item)).filter(object_id=item.pk)

    def of_model(self, model: type[models.Model]) -> Self:
        return self.filter(content_type=ContentType.objects.get_for_model(model))

    def current(self) -> Self:
        """Keep the authors who have not handed the item over."""
        return self.filter(left_at__isnull=True)

    def in_order(self) -> Self:
        return self.order_by("pk")


class Authorship(models.Model):
    """An author of an item. An item without rows has the author who created it: the rows begin with the first change.
    Those who handed it over keep a row, so that it does not come back to them."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, db_index=False)
    object_id = models.PositiveBigIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    left_at = RangedDateTimeField(_("handed over at"), null=True)

    objects = AuthorshipQuerySet.as_manager()

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "user"], name="authorship_one_each"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.content_type} {self.object_id}"


def authored_by(model: type[models.Model], users: Any) -> models.Q:
    """Return the condition for items of which one of the users is an author. `users` are accounts or their keys."""
    rows = Authorship.objects.of_model(model)
    current = rows.current().filter(user__in=users)
    return models.Q(pk__in=current.values("object_id")) | (
        models.Q(created_by__in=users) & ~models.Q(pk__in=rows.values("object_id"))
    )
