"""The least that a WSGI application and a Django view can do: the limits for a page of this size under each server.

BARE_BODY names a file with the body, and BARE_HEADERS holds the headers as JSON: servers take time for each of them.
Without them, the body is 30 kB long. Who asks with any If-None-Match has the current version.
"""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

_file = os.environ.get("BARE_BODY")
BODY = Path(_file).read_bytes() if _file else b"x" * 30_000
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("ETag", '"bare"'), ("Cache-Control", "public, max-age=0")]
if "BARE_HEADERS" in os.environ:
    HEADERS = [(name, value) for name, value in json.loads(os.environ["BARE_HEADERS"])]
# A 304 has no body to describe.
OF_BODY = {"content-type", "content-encoding", "content-language"}
SHORT_HEADERS = [header for header in HEADERS if header[0].lower() not in OF_BODY]


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    if "HTTP_IF_NONE_MATCH" in environ:
        start_response("304 Not Modified", SHORT_HEADERS)
        return []
    start_response("200 OK", [*HEADERS, ("Content-Length", str(len(BODY)))])
    return [BODY]
