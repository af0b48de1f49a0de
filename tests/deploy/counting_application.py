"""An application that says what the tests have told it, and counts who has asked."""

from collections import Counter
from typing import Any, NamedTuple

from tests.caches import SHARED
from tests.deploy.running_nginx import Application

# As public pages, but for a minute: a busy machine may need more than a second for a test.
PUBLIC = {"Cache-Control": SHARED.replace("s-maxage=1", "s-maxage=60")}


class Page(NamedTuple):
    text: str = "page"
    status: int = 200
    headers: dict[str, str] = PUBLIC


class CountingApplication(Application):
    """Answers with `pages`, by path without the query, or with a public page."""

    # Keeps no connection open, which would answer after the application has ended.
    protocol_version = "HTTP/1.0"
    pages: dict[str, Page] = {}
    asked: Counter[str] = Counter()
    seen: dict[str, dict[str, str]] = {}

    def do_GET(self) -> None:  # noqa: N802 (named by http.server)
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        type(self).asked[self.path] += 1
        type(self).seen[self.path] = dict(self.headers)
        page = type(self).pages.get(self.path.partition("?")[0], Page())
        known = page.headers.get("ETag")
        status = 304 if known and known in self.headers.get("If-None-Match", "") else page.status
        body = page.text.encode() if status != 304 else b""
        self.send_response(status)
        for name, value in {"Content-Type": "text/html", "X-Frame-Options": "DENY", **page.headers}.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def new_application() -> type[CountingApplication]:
    """Return an application of its own, with nothing said and nothing counted."""
    state: dict[str, Any] = {"pages": {}, "asked": Counter(), "seen": {}}
    return type("NewApplication", (CountingApplication,), state)
