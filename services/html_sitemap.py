"""Links to services and stamps on the HTML sitemap."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from postportal.pages.html_sitemap import LabelAndUrl, register_links
from services.models import Service, StampIssue
from services.stamp_lists import KINDS, title_of


@register_links(_("Services"), order=30)
def service_links(at: dt.datetime) -> list[LabelAndUrl]:
    return [
        (gettext("All services"), reverse("services:services")),
        (gettext("All hotlines"), reverse("services:hotlines")),
        (gettext("Service notices"), reverse("services:notices")),
        *((str(service), service.get_absolute_url()) for service in Service.objects.in_order()),
    ]


@register_links(_("Stamps"), order=40)
def stamp_links(at: dt.datetime) -> list[LabelAndUrl]:
    issues = StampIssue.objects.published(at).filter(year__isnull=False)
    years = issues.order_by("-year").values_list("year", flat=True).distinct()
    return [
        (gettext("Stamp programme"), reverse("services:stamps")),
        *((title_of(kind), reverse(f"services:stamp_{kind}")) for kind in KINDS),
        *((str(year), reverse("services:stamp_year", args=[year])) for year in years),
    ]
