from typing import Self

from django.db import models


class SitePageQuerySet(models.QuerySet["SitePage"]):
    def of_routes(self, *routes: str) -> Self:
        return self.filter(route__in=routes)


class SitePage(models.Model):
    """A page that is a view rather than a row of its own, such as the contact form or the stamps of a year, in one
    language. Written only by `postportal.search.site_pages` from the registry of the apps."""

    route = models.CharField(max_length=60)
    # Distinguishes the pages of a route: a year, or the primary key of a section.
    number = models.BigIntegerField(default=0)
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=300)
    # Other names, in any language, one a line.
    names = models.TextField(blank=True)
    lead = models.TextField(blank=True)
    path = models.CharField(max_length=300)

    objects = SitePageQuerySet.as_manager()

    class Meta:
        verbose_name = "site page"
        constraints = [models.UniqueConstraint(fields=["route", "number", "language"], name="search_site_page_once")]

    def __str__(self) -> str:
        return self.title
