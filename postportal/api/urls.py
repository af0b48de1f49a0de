"""URLs of the read API and its description."""

from django.urls import path

from postportal.api.views import api, description, not_found

urlpatterns = [
    path("", description, name="api"),
    path("", api.urls),
    path("<path:path>", not_found, name="api_not_found"),
]
