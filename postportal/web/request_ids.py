"""An ID for each request, by which its lines are found in the logs of the proxy and of the portal."""

import logging
import re
from collections.abc import Iterable
from contextvars import ContextVar
from random import getrandbits
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

HEADER = "X-Request-ID"
# nginx sends 32 hexadecimal digits, others UUIDs. Nothing that could forge a line of a log.
_WELL_FORMED = re.compile(r"[0-9A-Za-z-]{16,64}")

request_id: ContextVar[str] = ContextVar("request_id", default="-")


def with_request_id(application: "WSGIApplication") -> "WSGIApplication":
    """Return the application with an ID for each request: the one that the proxy has sent, if it is well-formed, or a
    new one. It is given back in the answer. Wraps everything that keeps answers for others."""

    def identified(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        sent = environ.get("HTTP_X_REQUEST_ID", "")
        found = sent if sent and _WELL_FORMED.fullmatch(sent) else f"{getrandbits(128):032x}"
        environ["HTTP_X_REQUEST_ID"] = found

        def give_back(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            return start_response(status, [*headers, (HEADER, found)], exc_info)

        token = request_id.set(found)
        try:
            return application(environ, give_back)
        finally:
            request_id.reset(token)

    return identified


class AddRequestId(logging.Filter):
    """Filter that gives each record the ID of the request being answered, or “-”."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True
