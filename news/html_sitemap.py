"""Links to news, people and organizations on the HTML sitemap."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from news.models import Article, Section
from postportal.pages.html_sitemap import LabelAndUrl, register_links
from postportal.web.date_ranges import PUBLICATION_DAYS


@register_links(_("News"), order=10)
def news_links(at: dt.datetime) -> list[LabelAndUrl]:
    articles = Article.objects.published(at).in_language(get_language() or "")
    years = articles.filter(dateline_on__range=PUBLICATION_DAYS).dates("dateline_on", "year", order="DESC")
    sections = Section.objects.in_order().filter(pk__in=articles.order_by().values("section"))
    return [
        (gettext("All news"), reverse("news:articles")),
        *((str(section), section.get_absolute_url()) for section in sections),
        *((str(day.year), reverse("news:year", args=[day.year])) for day in years),
    ]


@register_links(_("People and organizations"), order=20)
def directory_links(at: dt.datetime) -> list[LabelAndUrl]:
    return [(gettext("People"), reverse("news:people")), (gettext("Organizations"), reverse("news:organizations"))]
