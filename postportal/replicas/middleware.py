"""Middleware that reads the pages of readers from replicas."""

import logging
from collections.abc import Callable

from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from postportal.replicas.monitor import Replicas, replicas
from postportal.replicas.reading import ReplicaLost, read_from
from postportal.web.bearer_urls import is_bearer_url
from postportal.web.caching import has_session

logger = logging.getLogger(__name__)


class ReplicaMiddleware:
    """Read the page from a replica if it is for a reader. If the replica fails meanwhile, make it again from the
    primary: nothing has been sent, and nothing written."""

    def __init__(
        self, get_response: Callable[[HttpRequest], HttpResponseBase], *, among: Replicas | None = None
    ) -> None:
        self.get_response = get_response
        self._replicas = among or replicas()
        if not self._replicas.all:
            raise MiddlewareNotUsed

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_for_reader(request):
            return self.get_response(request)
        try:
            with read_from(self._replicas):
                return self.get_response(request)
        except ReplicaLost as lost:
            logger.warning("A page is read from the primary, since a replica failed: %s", lost.__cause__)
        return self.get_response(request)


def is_for_reader(request: HttpRequest) -> bool:
    """Return True if the request writes nothing and is from nobody who may have written a moment ago."""
    if request.method not in ("GET", "HEAD") or has_session(request):
        return False
    return not request.path_info.startswith(reverse("admin:index")) and not is_bearer_url(request.path_info)
