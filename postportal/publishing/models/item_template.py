"""Templates: contents from which new items are made, such as the weekly bulletin."""

from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from postportal.text.fields import LineField


class ItemTemplateQuerySet(models.QuerySet["ItemTemplate"]):
    def of_model(self, model: type[models.Model]) -> Self:
        return self.filter(content_type=ContentType.objects.get_for_model(model))

    def for_menu(self) -> Self:
        """Load what a menu shows, without the texts."""
        return self.defer("content").order_by("name", "pk")


class ItemTemplate(models.Model):
    """The content of an item under a name, as it was when somebody saved it as a template."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, db_index=False)
    name = LineField(_("name"), max_length=80)
    content = models.JSONField(_("content"), encoder=DjangoJSONEncoder)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = ItemTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("template")
        verbose_name_plural = _("templates")
        constraints = [models.UniqueConstraint(fields=["content_type", "name"], name="item_template_one_per_name")]

    def __str__(self) -> str:
        return self.name

    def is_removable_by(self, user: Any) -> bool:
        """Return True for who saved it and for administrators."""
        return bool(user.is_superuser or self.created_by_id == user.pk)
