"""The read API and its description."""

from django.urls import path

from postportal.api.views import api, described

urlpatterns = [path("", described, name="api"), path("", api.urls)]
