"""A site on this machine that answers as a test says, and remembers what it was asked."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class AnsweringSite:
    """`answers` maps a path to status and Location, for one method or for all."""

    def __init__(self, answers: dict[str, tuple[int, str]]) -> None:
        self.answers, self.asked = answers, list[str]()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_HEAD(self) -> None:
                site.asked.append(f"{self.command} {self.path} {self.headers['User-Agent']}")
                either = site.answers.get(self.path, (404, ""))
                status, location = site.answers.get(f"{self.command} {self.path}", either)
                if not status:
                    # Neither an answer nor an orderly end.
                    self.wfile.write(b"\x00\r\n")
                    return
                self.send_response(status)
                if location:
                    self.send_header("Location", location)
                self.end_headers()

            do_GET = do_HEAD  # noqa: N815 - the name that http.server calls

            def log_message(self, *args: Any) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = int(self.server.server_address[1])
        self.origin = f"http://127.0.0.1:{self.port}"


@contextmanager
def answering_site(**answers: tuple[int, str]) -> Iterator[AnsweringSite]:
    """Run a site whose path /name has these answers."""
    site = AnsweringSite({f"/{name}": answer for name, answer in answers.items()})
    thread = threading.Thread(target=site.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        site.server.shutdown()
        site.server.server_close()
        thread.join()
