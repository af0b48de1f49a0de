"""Middleware of the audit log."""

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
    """Make the current request known to the audit log, and log it when staff are denied access.

    That is done here because the transaction of the view, with all its log entries, has been rolled back by then."""

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
        # Access is denied all the same.
        logger.exception("A denied request could not be logged: %s %s", request.method, request.path)
