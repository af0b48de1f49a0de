from django.db import models
from django.utils.translation import gettext_lazy as _

from postportal.publishing.models import PubliclyTimedQuerySet, Releasable
from postportal.richtext.safe_links import validate_link
from postportal.text.fields import LineField
from postportal.web.languages import Translated


class ServiceNoticeQuerySet(PubliclyTimedQuerySet):
    def newest_first(self) -> "ServiceNoticeQuerySet":
        return self.order_by("-publish_at", "-pk")


class ServiceNotice(Releasable, Translated):
    """A notice above every page, for example about a disruption, public for a limited time."""

    text = LineField(_("text"), max_length=240)
    link = models.CharField(_("link"), max_length=300, blank=True, validators=[validate_link])
    link_text = LineField(_("link text"), max_length=60, blank=True)

    objects = ServiceNoticeQuerySet.as_manager()

    class Meta(Releasable.Meta):
        verbose_name = _("service notice")
        verbose_name_plural = _("service notices")
        constraints = [
            *Releasable.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(link="", link_text="") | (~models.Q(link="") & ~models.Q(link_text="")),
                name="service_notice_link_has_text",
                violation_error_message=_("Enter both a link and a link text, or neither."),
            ),
        ]

    def __str__(self) -> str:
        return self.text
