"""The least that a Django view can do: the same body as the bare WSGI callable, without middleware."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import re_path

from benchmarks.servers.bare import BODY, HEADERS

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], SECRET_KEY="for-one-constant-page")


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(BODY, headers=dict(HEADERS))


urlpatterns = [re_path("", page)]
application = get_wsgi_application()
