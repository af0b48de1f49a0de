"""The part of the sitemap for people that is about services and stamps."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from postportal.pages.html_sitemap import Link, register
from services.models import Service, StampIssue


@register(_("Services"), order=30)
def services(at: dt.datetime) -> list[Link]:
    return [
        (gettext("All services"), reverse("services:services")),
        (gettext("All hotlines"), reverse("services:hotlines")),
        *((str(service), service.get_absolute_url()) for service in Service.objects.in_order()),
    ]


@register(_("Stamps"), order=40)
def stamps(at: dt.datetime) -> list[Link]:
    issues = StampIssue.objects.published(at).filter(year__isnull=False)
    years = issues.order_by("-year").values_list("year", flat=True).distinct()
    return [
        (gettext("Stamp programme"), reverse("services:stamps")),
        *((str(year), reverse("services:stamp_year", args=[year])) for year in years),
    ]
