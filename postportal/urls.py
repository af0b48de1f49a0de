"""All URLs of the portal, grouped by cache policy."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

from postportal.documents.captions import CAPTIONS_NAME
from postportal.documents.serving import serve_captions, serve_document
from postportal.documents.views import DocumentList
from postportal.images.serving import serve_picture
from postportal.page_cache.keeping import keep_pages
from postportal.publishing.admin import as_of
from postportal.site import health, metrics, preview_links, search
from postportal.site.home import home
from postportal.web import converters
from postportal.web.caching import cache_publicly, forbid_caching
from postportal.web.pagination import redirect_first_page

converters.register_converters()

handler400 = "postportal.pages.views.errors.bad_request"
handler403 = "postportal.pages.views.errors.forbidden"
handler404 = "postportal.pages.views.errors.not_found"
handler500 = "postportal.pages.views.errors.server_error"

urlpatterns = [
    path("admin/as-of/", admin.site.admin_view(as_of.as_of_view), name="as_of"),
    path("admin/language/", set_language, name="staff_language"),
    path("admin/", admin.site.urls),
    # Sets its own policy: it depends on who may see the picture, and until when.
    path("media/<path:name>", serve_picture, name="media"),
    # In no language: a document has one URL.
    path("documents/<int:pk>/", serve_document, name="document"),
    path(f"documents/<int:pk>/{CAPTIONS_NAME}", serve_captions, name="document_captions"),
    *forbid_caching(
        [
            path("healthz", health.healthz, name="healthz"),
            path("livez", health.livez, name="livez"),
            path("metrics", metrics.show_metrics, name="metrics"),
        ]
    ),
    # Private by their paths (postportal/web/bearer_urls.py).
    path("preview/<str:key>/", preview_links.show_preview_link, name="preview"),
    path(
        "preview/<str:key>/documents/<str:signature>/<int:pk>/",
        preview_links.show_preview_document,
        name="preview_document",
    ),
    path(
        f"preview/<str:key>/documents/<str:signature>/<int:pk>/{CAPTIONS_NAME}",
        preview_links.show_preview_captions,
        name="preview_captions",
    ),
    path(
        "preview/<str:key>/media/<str:signature>/<path:name>",
        preview_links.show_preview_picture,
        name="preview_picture",
    ),
    *cache_publicly([path("api/", include("postportal.api.urls"))]),
    *cache_publicly([path("", include("postportal.site.well_known_urls"))]),
    *i18n_patterns(
        *forbid_caching([path("contact/", include("postportal.pages.contact_urls"))]),
        *redirect_first_page(
            cache_publicly(
                [
                    path("search/", search.search, name="search"),
                    path("search/suggestions/", search.search_suggestions, name="search_suggestions"),
                    path("search/atom/", search.search_atom, name="search_atom"),
                    path("search/csv/", search.search_csv, name="search_csv"),
                    # Not kept: it depends on texts everywhere.
                    path("documents/", DocumentList.as_view(), name="documents"),
                ]
            )
        ),
        *redirect_first_page(
            keep_pages(
                cache_publicly(
                    [
                        path("", home, name="home"),
                        path("", include("news.urls")),
                        path("", include("services.urls")),
                        path("", include("postportal.pages.urls")),
                    ]
                )
            )
        ),
        prefix_default_language=False,
    ),
]
