import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from postportal.publishing.models import PubliclyTimedQuerySet, Releasable
from postportal.richtext.safe_links import validate_link
from postportal.text.fields import LineField
from postportal.web.date_fields import RangedDateField
from postportal.web.languages import Translated
from postportal.web.stable_keys import StableKey


class ServiceNoticeQuerySet(PubliclyTimedQuerySet):
    def newest_first(self) -> "ServiceNoticeQuerySet":
        return self.order_by("-publish_at", "-pk")

    def current(self, day: dt.date) -> Self:
        """Keep the notices whose last day has not passed. They may not be public."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))

    def past(self, day: dt.date) -> Self:
        return self.filter(ends_on__lt=day)


class ServiceNotice(StableKey, Releasable, Translated):
    """A notice above every page, for example about a disruption. After its last day it stays public as a past notice;
    from `expire_at` on, it is hidden."""

    text = LineField(_("text"), max_length=240)
    link = models.CharField(_("link"), max_length=300, blank=True, validators=[validate_link])
    link_text = LineField(_("link text"), max_length=60, blank=True)

    services = models.ManyToManyField(
        "services.Service",
        blank=True,
        related_name="notices",
        verbose_name=_("services"),
        help_text=_("Services that are disrupted. Leave blank if it is about all of them."),
    )
    areas = LineField(
        _("areas"), max_length=200, blank=True, help_text=_("Where, for example “Yunhai and the outer islands”.")
    )
    begins_on = RangedDateField(
        _("first day"), null=True, blank=True, help_text=_("First day of the disruption."), years_ahead=1
    )
    ends_on = RangedDateField(
        _("last day"),
        null=True,
        blank=True,
        help_text=_("Last day. Leave blank if unknown. Afterwards it is only shown on the list of past notices."),
        is_end=True,
        years_ahead=1,
    )
    fallback_hotline = models.ForeignKey(
        "services.Hotline",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("hotline to call instead"),
        help_text=_("Readers see its number of the day."),
    )

    has_proposals = has_publish_right = True
    # All of them are above every page, at least until their last day.
    needs_publish_right = True

    objects = ServiceNoticeQuerySet.as_manager()

    class Meta(Releasable.Meta):
        verbose_name = _("service notice")
        verbose_name_plural = _("service notices")
        permissions = [
            ("propose_servicenotice", _("Can propose service notices and changes to them")),
            ("publish_servicenotice", _("Can publish service notices")),
        ]
        constraints = [
            *Releasable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(begins_on__isnull=False, ends_on__gte=F("begins_on")),
                name="service_notice_ends_after_beginning",
                violation_error_message=_("Enter a first day that is not after the last day."),
            ),
            models.CheckConstraint(
                condition=models.Q(link="", link_text="") | (~models.Q(link="") & ~models.Q(link_text="")),
                name="service_notice_link_has_text",
                violation_error_message=_("Enter both a link and a link text, or neither."),
            ),
        ]

    def __str__(self) -> str:
        return self.text
