"""Links to news, people and organizations on the HTML sitemap."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from news.archive import count_archive
from postportal.pages.html_sitemap import LabelAndUrl, register_links


@register_links(_("News"), order=10)
def news_links(at: dt.datetime) -> list[LabelAndUrl]:
    archive = count_archive(at=at, language=get_language() or "")
    return [
        (gettext("All news"), reverse("news:articles")),
        *((str(section), section.get_absolute_url()) for section, _count in archive.sections),
        *((str(year), reverse("news:year", args=[year])) for year in archive.years),
    ]


@register_links(_("People and organizations"), order=20)
def directory_links(at: dt.datetime) -> list[LabelAndUrl]:
    return [(gettext("People"), reverse("news:people")), (gettext("Organizations"), reverse("news:organizations"))]
