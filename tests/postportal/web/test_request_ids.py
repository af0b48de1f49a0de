import logging
from typing import Any

import pytest
from django.test import RequestFactory

from postportal.web.request_ids import AddRequestId, request_id, with_request_id


def ask(sent: str | None) -> tuple[str, str, str]:
    """Return the ID that the application sees, that a log line has, and that the client gets."""
    seen = []

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        record = logging.makeLogRecord({})
        AddRequestId().filter(record)
        seen.extend([environ["HTTP_X_REQUEST_ID"], record.request_id])  # type: ignore[attr-defined]
        start_response("200 OK", [("Content-Length", "0")])
        return []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        seen.append(dict(headers)["X-Request-ID"])

    headers = {} if sent is None else {"X-Request-ID": sent}
    list(with_request_id(application)(RequestFactory().get("/", headers=headers).environ, start_response))
    return seen[0], seen[1], seen[2]


def test_id_of_the_proxy_is_logged_and_given_back() -> None:
    sent = "0123456789abcdef0123456789ABCDEF"

    assert ask(sent) == (sent, sent, sent)
    assert request_id.get() == "-"


@pytest.mark.parametrize("sent", [None, "", "short", "a" * 65, "a" * 16 + "\n", "a" * 16 + " b", 'a"' * 16, "é" * 20])
def test_other_ids_are_replaced(sent: str | None) -> None:
    found = ask(sent)

    assert found[0] != sent
    assert (len(found[0]), len(set(found))) == (32, 1)
