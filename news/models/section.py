from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from postportal.web.languages import localized_text


class SectionQuerySet(models.QuerySet["Section"]):
    def in_order(self) -> Self:
        return self.order_by("order", "name")


class Section(models.Model):
    """A part of the news, such as News, Postman Story or Messages. A published article is in one section."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    name_zh = models.CharField(_("name in Chinese"), max_length=80, blank=True)
    slug = models.SlugField(_("URL"), max_length=80, unique=True, help_text=_("Last part of the page URL."))
    description = models.CharField(_("description"), max_length=300, blank=True)
    description_zh = models.CharField(_("description in Chinese"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=10)

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def __str__(self) -> str:
        return localized_text(self, "name")

    def get_absolute_url(self) -> str:
        return reverse("news:section", args=[self.slug])
