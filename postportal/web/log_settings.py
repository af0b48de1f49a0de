"""Format of the log: lines for people, or JSON for programs."""

import datetime as dt
import json
import logging
from typing import Any

from postportal.web.bearer_urls import hide_keys
from postportal.web.request_ids import request_id

FORMATS = ("line", "json")


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message, request_id and, after an exception, its traceback."""

    def format(self, record: logging.LogRecord) -> str:
        fields = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": request_id.get(),
        }
        if record.exc_info:
            fields["exception"] = self.formatException(record.exc_info)
        return hide_keys(json.dumps(fields, ensure_ascii=False))


def logging_settings(*, level: str, log_format: str) -> dict[str, Any]:
    """Return Django's LOGGING for one of FORMATS."""
    console = {
        "class": "logging.StreamHandler",
        "formatter": log_format,
        "filters": ["hide_keys", "add_request_id"],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"format": "{asctime} {levelname} {name} {request_id} {message}", "style": "{"},
            "json": {"()": "postportal.web.log_settings.JsonFormatter"},
        },
        "filters": {
            "hide_keys": {"()": "postportal.web.bearer_urls.HideKeys"},
            "add_request_id": {"()": "postportal.web.request_ids.AddRequestId"},
        },
        "handlers": {"console": console},
        "root": {"handlers": ["console"], "level": level},
        # Otherwise the server's own lines would be the only ones that are not JSON.
        "loggers": {"gunicorn.error": {"handlers": ["console"], "propagate": False}} if log_format == "json" else {},
    }
