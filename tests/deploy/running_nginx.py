"""nginx with the configuration of docs/deploy/nginx.conf, in a folder and on ports of its own."""

import contextlib
import http.client
import socket
import socketserver
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from benchmarks.faults.portal import free_port
from benchmarks.servers.nginx import CONFIGURATION, HOST, placed, running
from postportal.web.conditional import content_tag, has_version, not_modified


class Application(BaseHTTPRequestHandler):
    """Answers in place of the application: /status/404 is answered with 404, /etag/ with a page that can be asked for
    conditionally, everything else with 200."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        parts = self.path.split("/")
        if parts[1] == "etag":
            self._send_page()
            return
        body = b"From the application"
        self.send_response(int(parts[2]) if parts[1] == "status" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_HEAD(self) -> None:
        self.do_GET()

    def _send_page(self) -> None:
        request = RequestFactory().generic(self.command, self.path, headers=dict(self.headers))
        response: HttpResponseBase = HttpResponse("Night mail. " * 200, headers={"Cache-Control": "public, s-maxage=1"})
        tag = content_tag(response)
        response = not_modified(tag, instead_of=response) if has_version(request, tag) else response
        response["ETag"] = tag
        self.send_response(response.status_code)
        for name, value in response.items():
            self.send_header(name, value)
        if response.status_code == 200:
            self.send_header("Content-Length", str(len(response.content)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(response.content)

    def do_POST(self) -> None:
        self.do_GET()

    def address_string(self) -> str:
        return "unix"

    def log_message(self, *args: Any) -> None:
        pass


class UnixServer(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    text: str


class Nginx(NamedTuple):
    folder: Path
    port: int
    tls_port: int

    def request(self, path: str, *, method: str = "GET", headers: dict[str, str] | None = None) -> Answer:
        """Send a request over TLS and return the answer."""
        connection = http.client.HTTPSConnection(HOST)
        connection.sock = self.connect()
        return ask(connection, method, path, headers)

    def connect(self) -> ssl.SSLSocket:
        """Return a connection with TLS on which nothing was sent yet."""
        context = ssl._create_unverified_context()
        plain = socket.create_connection(("127.0.0.1", self.tls_port), timeout=20)
        return context.wrap_socket(plain, server_hostname=HOST)

    def request_plain(self, path: str, *, host: str = HOST) -> Answer:
        """Send a request without TLS."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        return ask(connection, "GET", path, {"Host": host})


def ask(connection: http.client.HTTPConnection, method: str, path: str, headers: dict[str, str] | None) -> Answer:
    with contextlib.closing(connection):
        connection.request(method, path, headers=headers or {})
        response = connection.getresponse()
        return Answer(response.status, dict(response.getheaders()), response.read().decode("utf-8", "replace"))


@contextlib.contextmanager
def run_application(folder: Path, handler: type[BaseHTTPRequestHandler] = Application) -> Iterator[None]:
    """Answer at the socket of the application until the block ends."""
    with UnixServer(str(folder / "portal.sock"), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield
        finally:
            server.shutdown()
    (folder / "portal.sock").unlink()


@contextlib.contextmanager
def run_nginx(folder: Path, *, application: str = "") -> Iterator[Nginx]:
    """Run nginx with its static files and media in `folder`, until the block ends. `application` is host and port of
    the portal, if it is not at the socket of `run_application`."""
    nginx = Nginx(folder, free_port(), free_port())
    _make_certificate(folder)
    changes = {
        # Tests say in a header which minute it is.
        "map $time_iso8601": "map $http_x_minute",
        "listen 80": f"listen 127.0.0.1:{nginx.port}",
        "listen 443": f"listen 127.0.0.1:{nginx.tls_port}",
    }
    application = application or f"unix:{folder}/portal.sock"
    site = placed(CONFIGURATION.read_text("utf-8"), folder, application=application, changes=changes)
    with running(site, folder, port=nginx.tls_port):
        yield nginx


def _make_certificate(folder: Path) -> None:
    names = ["-subj", f"/CN={HOST}", "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", *names]
    subprocess.run(command, check=True, capture_output=True)
