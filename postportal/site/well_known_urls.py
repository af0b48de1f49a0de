"""URLs of files for machines, which have no language."""

from django.urls import path

from postportal.site import well_known
from postportal.site.sitemaps import sitemap_index, sitemap_section

urlpatterns = [
    path("robots.txt", well_known.robots_txt, name="robots_txt"),
    path(".well-known/security.txt", well_known.security_txt, name="security_txt"),
    path("colours.css", well_known.colours_css, name="colours_css"),
    path("favicon.ico", well_known.favicon, name="favicon"),
    path("sitemap.xml", sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:section>.xml", sitemap_section, name="sitemap_section"),
]
