import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from postportal.pages.html_sitemap import LabelAndUrl, register_links


@register_links(gettext_lazy("Tenders"), order=50)
def tender_links(at: dt.datetime) -> list[LabelAndUrl]:
    return [(gettext("All tenders"), reverse("tenders:tenders"))]
