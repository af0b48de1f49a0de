import datetime as dt
from typing import Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from postportal.richtext.safe_links import validate_link


class RedirectQuerySet(models.QuerySet["Redirect"]):
    def for_address(self, *, host: str, path: str) -> Self:
        """Keep what may answer an old address. A row without a host answers for every host, and since the old hosts
        point here now, so does a row of another host; the one that names the host comes first."""
        exact = models.Case(models.When(old_host=host, then=0), models.When(old_host="", then=1), default=2)
        return self.filter(old_path=path).order_by(exact, "pk")


class Redirect(models.Model):
    """An address that readers may still have: where it leads now, or that it is gone."""

    old_host = models.CharField(
        _("old host"),
        max_length=120,
        blank=True,
        help_text=_("Empty: whatever the host. Otherwise as in english.example.org."),
    )
    old_path = models.CharField(
        _("old address"),
        max_length=500,
        help_text=_("From the first / on, with everything after a ?: /html1/report/1.htm"),
    )
    content_type = models.ForeignKey(ContentType, models.CASCADE, null=True, blank=True, verbose_name=_("kind of item"))
    object_id = models.PositiveBigIntegerField(_("item"), null=True, blank=True)
    target = GenericForeignKey("content_type", "object_id")
    new_address = models.CharField(
        _("new address"),
        max_length=500,
        blank=True,
        validators=[validate_link],
        help_text=_("Only where the old address does not lead to an item of this portal."),
    )
    gone_reason = models.CharField(
        _("why it is gone"),
        max_length=300,
        blank=True,
        help_text=_("Filled in instead of a new address: readers are told."),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = RedirectQuerySet.as_manager()

    class Meta:
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        constraints = [
            models.UniqueConstraint(
                fields=["old_path", "old_host"],
                name="redirect_address_unique",
                violation_error_message=_("This old address is already redirected."),
            ),
            models.CheckConstraint(
                condition=Q(old_path__startswith="/"),
                name="redirect_path_starts_with_slash",
                violation_error_message=_("The old address starts with a /."),
            ),
            models.CheckConstraint(
                condition=Q(content_type__isnull=False, object_id__isnull=False, new_address="", gone_reason="")
                | (Q(content_type__isnull=True, object_id__isnull=True) & ~Q(new_address="") & Q(gone_reason=""))
                | (Q(content_type__isnull=True, object_id__isnull=True) & Q(new_address="") & ~Q(gone_reason="")),
                name="redirect_has_one_target",
                violation_error_message=_("Give an item, or a new address, or the reason why it is gone: exactly one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_host}{self.old_path}"

    def clean(self) -> None:
        super().clean()
        if self.new_address and self.new_address == self.old_path:
            raise ValidationError({"new_address": _("This leads to itself.")})

    def destination(self, at: dt.datetime) -> str:
        """Return the address to go to at the moment `at`, or "" where there is none that the public may know."""
        if self.content_type_id is None:
            return self.new_address
        target = self.target
        if target is None or (hasattr(target, "has_page") and not target.has_page(at)):
            return ""
        return str(target.get_absolute_url())
