from django.db import models
from django.utils.translation import gettext_lazy as _

from postportal.text.fields import LineField
from services.models.stamp_issue import StampIssue
from services.models.stamp_positions import validate_positions


class CatalogueReference(models.Model):
    """Number of a stamp issue in a catalogue."""

    class Catalogue(models.TextChoices):
        MICHEL = "michel", "Michel"
        SCOTT = "scott", "Scott"
        STANLEY_GIBBONS = "sg", "Stanley Gibbons"
        YVERT = "yvert", "Yvert et Tellier"
        COLNECT = "colnect", "Colnect"

    issue = models.ForeignKey(
        StampIssue, models.CASCADE, related_name="catalogue_references", verbose_name=_("stamp issue"), db_index=False
    )
    catalogue = models.CharField(_("catalogue"), max_length=8, choices=Catalogue.choices)
    number = LineField(_("number"), max_length=60)
    positions = LineField(
        _("stamps"),
        max_length=40,
        blank=True,
        validators=[validate_positions],
        help_text=_("Positions in the set, for example 1, 3–4. Leave blank for the whole issue."),
    )

    class Meta:
        verbose_name = _("catalogue reference")
        verbose_name_plural = _("catalogue references")
        ordering = ["catalogue", "number"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "catalogue", "number"], name="catalogue_reference_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_catalogue_display()} {self.number}"
