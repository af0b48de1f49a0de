import datetime as dt
from typing import Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from postportal.publishing.models import Versioned
from postportal.richtext.safe_links import validate_link
from postportal.text.fields import LineField
from postportal.web.date_fields import RangedDateTimeField


class RedirectQuerySet(models.QuerySet["Redirect"]):
    def for_address(self, *, host: str, path: str) -> Self:
        """Keep the redirects of a path: the one with this host first, then the one for all hosts. The domains of the
        old site all point here, so redirects of other hosts come last."""
        exact = models.Case(models.When(old_host=host, then=0), models.When(old_host="", then=1), default=2)
        return self.filter(old_path=path).order_by(exact, "pk")


class Redirect(Versioned):
    """A former URL, with its new URL or the reason why it is gone."""

    old_host = models.CharField(
        _("old host"),
        max_length=120,
        blank=True,
        help_text=_("For example english.example.org. Leave blank for all hosts."),
    )
    old_path = models.CharField(
        _("old URL"),
        max_length=500,
        help_text=_("Path and query without the host, for example /html1/report/1.htm."),
    )
    content_type = models.ForeignKey(ContentType, models.CASCADE, null=True, blank=True, verbose_name=_("item type"))
    object_id = models.PositiveBigIntegerField(_("item ID"), null=True, blank=True)
    target = GenericForeignKey("content_type", "object_id")
    new_address = models.CharField(
        _("new URL"),
        max_length=500,
        blank=True,
        validators=[validate_link],
        help_text=_("Only if the old URL does not redirect to an item."),
    )
    gone_reason = LineField(
        _("reason for removal"),
        max_length=300,
        blank=True,
        help_text=_("Instead of a new URL. Readers see it on the page at the old URL."),
    )
    created_at = RangedDateTimeField(_("created at"), auto_now_add=True)

    objects = RedirectQuerySet.as_manager()

    class Meta:
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        constraints = [
            models.UniqueConstraint(
                fields=["old_path", "old_host"],
                name="redirect_address_unique",
                violation_error_message=_("This old URL is already redirected."),
            ),
            models.CheckConstraint(
                condition=Q(old_path__startswith="/"),
                name="redirect_path_starts_with_slash",
                violation_error_message=_("The old URL must start with /."),
            ),
            models.CheckConstraint(
                condition=Q(content_type__isnull=False, object_id__isnull=False, new_address="", gone_reason="")
                | (Q(content_type__isnull=True, object_id__isnull=True) & ~Q(new_address="") & Q(gone_reason=""))
                | (Q(content_type__isnull=True, object_id__isnull=True) & Q(new_address="") & ~Q(gone_reason="")),
                name="redirect_has_one_target",
                violation_error_message=_("Enter exactly one: an item, a new URL or the reason for removal."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_host}{self.old_path}"

    def clean(self) -> None:
        super().clean()
        if self.new_address and self.new_address == self.old_path:
            raise ValidationError({"new_address": _("A URL cannot redirect to itself.")})

    def destination(self, at: dt.datetime) -> str:
        """Return the URL to redirect to at the time `at`, or "" if its target is not public."""
        if self.content_type_id is None:
            return self.new_address
        target = self.target
        if target is None or (hasattr(target, "has_page") and not target.has_page(at)):
            return ""
        return str(target.get_absolute_url())
