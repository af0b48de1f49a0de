import logging
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from postportal.audit.actions import Action
from postportal.audit.current_request import current_request
from postportal.audit.log import log_action
from postportal.web.caching import has_session

logger = logging.getLogger(__name__)


class AuditMiddleware:
    """Lets the log know whose request it is, and records what staff were refused: here, after the transaction of the
    view was rolled back with whatever it had recorded itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = current_request.set(request)
        try:
            response = self.get_response(request)
            if response.status_code == 403 and has_session(request) and request.user.is_staff:
                _log_refusal(request)
        finally:
            current_request.reset(token)
        return response


def _log_refusal(request: HttpRequest) -> None:
    try:
        log_action(Action.REFUSAL, request=request, detail=f"{request.method} {request.path}")
    except DatabaseError:
        # Nothing has happened, and that is still the answer.
        logger.exception("A refusal could not be recorded: %s %s", request.method, request.path)
