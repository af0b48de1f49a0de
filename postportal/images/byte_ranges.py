"""Parts of a file, for clients that continue a download (RFC 9110, section 14)."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse

# One range only; several are answered with the whole file, as the RFC allows.
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def serve_range(request: HttpRequest, file: Any, *, etag: str) -> HttpResponse | None:
    """Return the part that the request asks for (206), a refusal if the file has no such part (416), or None if the
    whole file is to be sent. `file` has a size."""
    match = _RANGE.fullmatch(request.headers.get("Range", ""))
    if request.method != "GET" or not match or match[0] == "bytes=-":
        return None
    if request.headers.get("If-Range", etag) != etag:
        return None
    size = file.size
    first, last = _positions(match[1], match[2], size=size)
    if first >= size or last < first:
        response = HttpResponse(status=416)
        response.headers["Content-Range"] = f"bytes */{size}"
        return response
    file.seek(first)
    response = HttpResponse(file.read(last - first + 1), status=206)
    response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


def _positions(first: str, last: str, *, size: int) -> tuple[int, int]:
    """Return the first and last position of the range. Without a first, the last is a number of bytes at the end."""
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1
