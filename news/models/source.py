from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from postportal.web.languages import localized_text


class SourceQuerySet(models.QuerySet["Source"]):
    def with_name(self, name: str) -> Self:
        """Keep the source with exactly this name or alias, ignoring case."""
        return self.filter(Q(name__iexact=name) | Q(name_zh__iexact=name) | Q(aliases__name__iexact=name)).distinct()


class Source(models.Model):
    """A publisher whose articles the portal takes over. Its name is shown with the date."""

    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("name in Chinese"), max_length=120, blank=True)
    slug = models.SlugField(_("URL"), max_length=120, unique=True, help_text=_("Last part of the page URL."))
    website = models.URLField(_("website"), max_length=300, blank=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="source_name_unique",
                violation_error_message=_("A source with this name already exists."),
            )
        ]

    def __str__(self) -> str:
        return localized_text(self, "name")

    def get_absolute_url(self) -> str:
        return reverse("news:source", args=[self.slug])


class SourceAlias(models.Model):
    """Another spelling of the name of a source, for imports."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="aliases", verbose_name=_("source"))
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="source_alias_unique",
                violation_error_message=_("Another source already has this alias."),
            )
        ]

    def __str__(self) -> str:
        return self.name
