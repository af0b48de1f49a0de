from typing import Any, Self
from urllib.parse import quote

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from news.models import Organization
from postportal.publishing.models import Versioned
from postportal.richtext.fields import RichTextField
from postportal.richtext.plain_text import plain_text
from postportal.text.fields import FoldedField, LineField
from postportal.web.languages import localized_text
from postportal.web.slug_fields import SlugField
from postportal.web.slugged import Slugged


class ServiceQuerySet(models.QuerySet["Service"]):
    def in_order(self) -> Self:
        return self.order_by("order", "name")


class Service(Slugged, Versioned):
    """A line of business, such as letters and parcels, savings, express or life insurance."""

    # All services are listed on one page.
    is_always_public = True

    name = LineField(_("name"), max_length=120, unique=True)
    name_zh = LineField(_("name in Chinese"), max_length=60, blank=True)
    folded_name = FoldedField(of="name", db_index=False)
    folded_name_zh = FoldedField(of="name_zh", db_index=False)
    slug = SlugField(
        _("URL"),
        unique=True,
        help_text=_("Last part of the URL on the services page, after “#”. Leave blank to create it from the name."),
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="services",
        verbose_name=_("organization"),
        help_text=_("Organization that runs the service."),
    )
    summary = LineField(_("summary"), max_length=300, blank=True)
    summary_zh = LineField(_("summary in Chinese"), max_length=300, blank=True)
    description = RichTextField(_("description"), blank=True)
    description_text = models.TextField(editable=False, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=10)

    slug_kind = "service"
    has_proposals = True

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        permissions = [("propose_service", _("Can propose services and changes to them"))]

    def __str__(self) -> str:
        return localized_text(self, "name")

    def get_absolute_url(self) -> str:
        return f"{reverse('services:services')}#{quote(self.slug)}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.description_text = plain_text(self.description)
        super().save(*args, **kwargs)

    def slug_texts(self) -> list[str]:
        return [self.name, self.name_zh]
