from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from postportal.publishing.models import Versioned
from postportal.richtext.references import validate_link_or_reference
from postportal.text.fields import LineField
from postportal.web.languages import localized_text


class MenuItemQuerySet(models.QuerySet["MenuItem"]):
    def in_order(self) -> Self:
        return self.order_by("place", "order", "pk")


class MenuItem(Versioned):
    """A link in the header or the footer."""

    has_proposals = True

    class Place(models.TextChoices):
        HEADER = "header", _("Header")
        FOOTER_NEWS = "footer-1", _("Footer, first column")
        FOOTER_HELP = "footer-2", _("Footer, second column")
        FOOTER_FOLLOW = "footer-3", _("Footer, third column")
        BASE = "base", _("Footer, last line")

    place = models.CharField(_("place"), max_length=10, choices=Place.choices, default=Place.HEADER)
    order = models.PositiveSmallIntegerField(_("order"), default=10)
    label = LineField(
        _("label"),
        max_length=60,
        help_text=_("{year} becomes the current year, {number} the number of the hotline."),
    )
    label_zh = LineField(_("label in Chinese"), max_length=60, blank=True)
    address = models.CharField(
        _("URL"),
        max_length=300,
        validators=[validate_link_or_reference],
        help_text=_(
            "A path on this site (/about/), a full URL (https://…), or what you find by its name: such a link follows "
            "when it is renamed, and is hidden while it is not public. {year} works here too."
        ),
    )

    objects = MenuItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("menu item")
        verbose_name_plural = _("menu items")
        permissions = [("propose_menuitem", _("Can propose changes to menu items"))]
        constraints = [models.UniqueConstraint(fields=["place", "label", "address"], name="menu_item_unique")]

    def __str__(self) -> str:
        return self.label

    def label_for_year(self, year: int) -> str:
        """Return the label in the active language with the year filled in."""
        return localized_text(self, "label").replace("{year}", str(year))

    def address_for_year(self, year: int) -> str:
        return self.address.replace("{year}", str(year))
