"""Addresses for machines: they have no language."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path

from postportal import machines
from postportal.sitemaps import SITEMAPS, index

urlpatterns = [
    path("robots.txt", machines.robots, name="robots"),
    path(".well-known/security.txt", machines.security, name="security"),
    path("colours.css", machines.colours, name="colours"),
    path("favicon.ico", machines.favicon, name="favicon"),
    path("sitemap.xml", index, name="sitemap_index"),
    path("sitemap-<slug:section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap_section"),
]
