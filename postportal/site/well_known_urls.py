"""Addresses for machines: they have no language."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path

from postportal.site import well_known
from postportal.site.sitemaps import SITEMAPS, index

urlpatterns = [
    path("robots.txt", well_known.robots, name="robots"),
    path(".well-known/security.txt", well_known.security, name="security"),
    path("colours.css", well_known.colours, name="colours"),
    path("favicon.ico", well_known.favicon, name="favicon"),
    path("sitemap.xml", index, name="sitemap_index"),
    path("sitemap-<slug:section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap_section"),
]
