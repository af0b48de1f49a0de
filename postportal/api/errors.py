"""Errors of the API. All have the same format, also those that are found before an operation is chosen."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, JsonResponse
from ninja import Schema
from pydantic import Field

JSON_TYPE = "application/json; charset=utf-8"
MESSAGES = {
    400: "The request is malformed.",
    404: "There is nothing at this URL. /api/ lists the operations.",
    405: "Only GET, HEAD and OPTIONS are allowed.",
    410: "This has been removed.",
    413: "The request is too large.",
    414: "The URL is too long.",
    429: "Too many requests. Try again later.",
    500: "Something went wrong on the server.",
    503: "The service is not available at the moment. Try again later.",
}


class Problem(Schema):
    type: str = Field(description="Kind of error, for programs.")
    loc: list[str | int] = Field(description="Place of the error: “query” and the name of the parameter, or nothing.")
    msg: str = Field(description="The error in words.")


class Refusal(Schema):
    detail: list[Problem] = Field(description="Errors, each with the parameter it concerns.")


class ParameterError(Exception):
    """Raised with the problems of a request whose parameters cannot be read or do not exist."""

    def __init__(self, problems: list[dict[str, Any]]) -> None:
        super().__init__(problems)
        self.problems = problems


def parameter_problem(kind: str, name: str, message: str) -> dict[str, Any]:
    return {"type": kind, "loc": ["query", name], "msg": message}


def error_response(status: int, problems: Iterable[dict[str, Any]] = ()) -> HttpResponse:
    """Return an error with these problems, or with one that says what the status means."""
    detail = list(problems)
    if not detail:
        meaning = HTTPStatus(status)
        detail = [{"type": meaning.name.lower(), "loc": [], "msg": MESSAGES.get(status, f"{meaning.phrase}.")}]
    return JsonResponse(
        {"detail": detail}, status=status, content_type=JSON_TYPE, json_dumps_params={"ensure_ascii": False}
    )
