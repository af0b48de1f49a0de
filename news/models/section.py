from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from postportal.publishing.models import Versioned
from postportal.text.fields import FoldedField, LineField
from postportal.text.name_search import NamedQuerySet
from postportal.web.kept_urls import kept_url
from postportal.web.languages import localized_text
from postportal.web.slug_fields import SlugField
from postportal.web.slugged import Slugged


class SectionQuerySet(NamedQuerySet):
    def in_order(self) -> Self:
        return self.order_by("order", "name")


class Section(Slugged, Versioned):
    """A part of the news, such as News, Postman Story or Messages. A published article is in one section."""

    name = LineField(_("name"), max_length=80, unique=True)
    name_zh = LineField(_("name in Chinese"), max_length=80, blank=True)
    folded_name = FoldedField(of="name")
    folded_name_zh = FoldedField(of="name_zh")
    slug = SlugField(
        _("URL"),
        max_length=80,
        unique=True,
        help_text=_("Last part of the page URL. Leave blank to create it from the name."),
    )
    description = LineField(_("description"), max_length=300, blank=True)
    description_zh = LineField(_("description in Chinese"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=10)

    slug_kind = "section"
    page_view = "news:section"

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def __str__(self) -> str:
        return localized_text(self, "name")

    def get_absolute_url(self) -> str:
        return kept_url("news:section", self.slug)

    def slug_texts(self) -> list[str]:
        return [self.name, self.name_zh]
