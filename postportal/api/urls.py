"""URLs of the read API and its description."""

from django.urls import path

from postportal.api.views import api, description

urlpatterns = [path("", description, name="api"), path("", api.urls)]
