"""A minimal browser: loads pages, logs in, and submits forms of the admin."""

import http.client
import re
import urllib.parse
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

# Longer than any response may take, shorter than a scenario.
TIMEOUT_SECONDS = 30
Fields = dict[str, list[str]]


@dataclass(frozen=True)
class Answer:
    """A response."""

    status: int
    headers: dict[str, str]
    body: str

    @property
    def location(self) -> str:
        return self.headers.get("location", "")


NO_ANSWER = Answer(status=0, headers={}, body="")


@dataclass
class Visitor:
    """A browser with its cookies."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Answer:
        return self._request("GET", path)

    def post(self, path: str, fields: Fields) -> Answer:
        body = urllib.parse.urlencode(fields, doseq=True).encode()
        return self._request("POST", path, body, "application/x-www-form-urlencoded")

    def upload(self, path: str, fields: dict[str, str], file: bytes) -> Answer:
        """Send a form with one PNG as `file`."""
        boundary = "----------postportal-faults"
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        ]
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="picture.png"\r\n'
        parts += [f"{head}Content-Type: image/png\r\n\r\n".encode(), file, f"\r\n--{boundary}--\r\n".encode()]
        return self._request("POST", path, b"".join(parts), f"multipart/form-data; boundary={boundary}")

    def sign_in(self, name: str, password: str) -> None:
        form = fields_of(self.get("/admin/login/").body, having="username")
        answer = self.post("/admin/login/", {**form, "username": [name], "password": [password]})
        if answer.status != 302:
            raise RuntimeError(f"Login failed with status {answer.status}.")

    def _request(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> Answer:
        """Return the response, or NO_ANSWER if the connection ended without one."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), "Content-Type": kind}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT_SECONDS)
        try:
            connection.request(method, path, body, {name: value for name, value in headers.items() if value})
            response = connection.getresponse()
            text = response.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return NO_ANSWER
        finally:
            connection.close()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, text)


def fields_of(page: str, *, having: str) -> Fields:
    """Return what a browser would submit for the unchanged form that has the field `having`."""
    reader = _FormReader()
    reader.feed(page)
    matching = [form for form in reader.forms if having in form]
    if len(matching) != 1:
        raise RuntimeError(f"{len(matching)} forms have a field {having}.")
    return {name: values for name, values in matching[0].items() if "__prefix__" not in name}


class _FormReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Fields] = []
        self._textarea = self._select = ""

    @property
    def fields(self) -> Fields:
        return self.forms[-1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given: dict[str, Any] = dict(attrs)
        if tag == "form":
            self.forms.append({})
        name = given.get("name") or ""
        if not self.forms:
            return
        if tag == "input" and name:
            self._input(name, given)
        elif tag == "textarea":
            self._textarea = name
            self.fields[name] = [""]
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self.fields.setdefault(self._select, []).append(given.get("value") or "")

    def _input(self, name: str, given: dict[str, Any]) -> None:
        kind = given.get("type")
        if kind not in {"submit", "button", "file"} and (kind not in {"checkbox", "radio"} or "checked" in given):
            self.fields.setdefault(name, []).append(given.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._textarea = ""
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            # Browsers ignore a line break directly after the tag.
            text = self.fields[self._textarea][0]
            self.fields[self._textarea] = [text + data if text else re.sub(r"\A\r?\n", "", data)]
