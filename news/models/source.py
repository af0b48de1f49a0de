from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from postportal.publishing.models import Versioned
from postportal.text.fields import FoldedField, LineField
from postportal.text.name_search import NamedQuerySet
from postportal.web.kept_urls import kept_url
from postportal.web.languages import localized_text
from postportal.web.slug_fields import SlugField
from postportal.web.slugged import Slugged


class SourceQuerySet(NamedQuerySet):
    other_names = "aliases"


class Source(Slugged, Versioned):
    """A publisher whose articles the portal takes over. Its name is shown with the date."""

    name = LineField(_("name"), max_length=120)
    name_zh = LineField(_("name in Chinese"), max_length=120, blank=True)
    folded_name = FoldedField(of="name")
    folded_name_zh = FoldedField(of="name_zh")
    slug = SlugField(
        _("URL"), unique=True, help_text=_("Last part of the page URL. Leave blank to create it from the name.")
    )
    website = models.URLField(_("website"), max_length=300, blank=True)

    slug_kind = "source"
    child_relations = ("aliases",)
    page_view = "news:source"

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
        return kept_url("news:source", self.slug)

    def slug_texts(self) -> list[str]:
        return [self.name, self.name_zh]


class SourceAlias(models.Model):
    """Another spelling of the name of a source, for imports."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="aliases", verbose_name=_("source"))
    name = LineField(_("name"), max_length=120)
    folded_name = FoldedField(of="name")

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
