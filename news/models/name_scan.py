from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from news.models.person import Person
from postportal.web.date_fields import RangedDateTimeField


class NameScanQuerySet(models.QuerySet["NameScan"]):
    def unfinished(self) -> Self:
        return self.filter(finished_at=None).order_by("pk")

    def to_compare(self) -> Self:
        return self.filter(compare_after__isnull=False).order_by("pk")


class NameScan(models.Model):
    """The search of the archive for a person's names, with how far it has come. It proposes and links nothing."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="name_scan", verbose_name=_("person"))
    # Folded, one per line. Another name starts the search again.
    names = models.TextField(_("names"))
    # The article after which the next step begins.
    last_key = models.PositiveBigIntegerField(default=0)
    done = models.PositiveIntegerField(_("articles read"), default=0)
    total = models.PositiveIntegerField(_("articles to read"), default=0)
    # The article about the person after which titles are to be compared again. None if all have been.
    compare_after = models.PositiveBigIntegerField(null=True)
    finished_at = RangedDateTimeField(_("finished at"), null=True)

    objects = NameScanQuerySet.as_manager()

    class Meta:
        verbose_name = _("search of the archive")
        verbose_name_plural = _("searches of the archive")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.person)
