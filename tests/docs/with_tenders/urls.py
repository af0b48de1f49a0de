"""URLs of a portal with the example app."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from postportal import urls as portal
from postportal.urls import handler400, handler403, handler404, handler500
from postportal.web.caching import cache_publicly

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    *i18n_patterns(
        *cache_publicly(
            [
                path("", include("tests.docs.tenders.urls")),
            ]
        ),
        prefix_default_language=False,
    ),
    *portal.urlpatterns,
]
