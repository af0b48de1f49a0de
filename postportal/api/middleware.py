"""Headers and errors that all responses of the API have in common."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from postportal.api.errors import JSON_TYPE, error_response
from postportal.api.parameters import unreadable_parameters

API_PREFIX = "/api/"
METHODS = "GET, HEAD, OPTIONS"
PREFLIGHT_SECONDS = 24 * 60 * 60
# What an error keeps if it was made for people. Others, such as its ETag, describe its body.
KEPT_HEADERS = ("Allow", "Cache-Control", "Retry-After", "Vary")


class ApiMiddleware:
    """Answer preflight requests, refuse unreadable parameters, and turn every other error below /api/ into JSON:
    no view may have seen the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(API_PREFIX):
            return self.get_response(request)
        response = _in_json(self._respond(request))
        if request.method in METHODS.split(", "):
            # No cookie is sent with such a request: browsers refuse * for requests with credentials.
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        return response

    def _respond(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _preflight()
        problems = unreadable_parameters(request)
        if problems:
            response = error_response(400, problems)
            response.headers["Cache-Control"] = "no-store"
            return response
        return self.get_response(request)


def _preflight() -> HttpResponse:
    return HttpResponse(
        status=204,
        headers={
            "Allow": METHODS,
            "Access-Control-Allow-Methods": METHODS,
            "Access-Control-Allow-Headers": "*",
            "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
        },
    )


def _in_json(response: HttpResponseBase) -> HttpResponseBase:
    if response.status_code < 400 or response.headers.get("Content-Type") == JSON_TYPE:
        return response
    error = error_response(response.status_code)
    for name in KEPT_HEADERS:
        if name in response.headers:
            error.headers[name] = response.headers[name]
    if "Allow" in error.headers:
        error.headers["Allow"] = METHODS
    return error
