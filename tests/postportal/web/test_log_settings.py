import json
import logging
import sys

from postportal.web.log_settings import JsonFormatter, logging_settings
from postportal.web.request_ids import request_id


def failing_record() -> logging.LogRecord:
    words = ("中", "/preview/KEY/")
    try:
        json.loads("/preview/KEY/")
    except ValueError:
        return logging.LogRecord("a.b", logging.ERROR, "", 1, 'Failed: "%s"\nat %s', words, sys.exc_info())
    raise AssertionError


def test_json_line_has_everything_and_no_key() -> None:
    token = request_id.set("0123456789abcdef")
    try:
        line = JsonFormatter().format(failing_record())
    finally:
        request_id.reset(token)

    found = json.loads(line)
    assert ("\n" in line, "KEY" in line) == (False, False)
    assert found["message"] == 'Failed: "中"\nat /preview/…/'
    assert (found["level"], found["logger"], found["request_id"]) == ("ERROR", "a.b", "0123456789abcdef")
    assert 'json.loads("/preview/…/")' in found["exception"]
    assert found["time"].endswith("+00:00")


def test_lines_of_the_server_are_json_too() -> None:
    assert set(logging_settings(level="INFO", log_format="json")["loggers"]) == {"gunicorn.error"}
    assert logging_settings(level="INFO", log_format="line")["loggers"] == {}
