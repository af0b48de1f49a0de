from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI, Query

from postportal.api.description import describe_operations
from postportal.api.rate_limits import SearchThrottle, add_throttle_handler
from postportal.api.search import Parameters, Refusal, Results, serialize_result
from postportal.publishing.models import SiteIdentity
from postportal.search.query import parse
from postportal.search.results import search as find
from postportal.web.request_time import request_time

# Ninja's own documentation pages use inline scripts or scripts from other sites.
api = NinjaAPI(
    title="Read API",
    version="1",
    description="Read-only access to the content of the public site. No registration is needed.",
    docs_url=None,
    urls_namespace="api",
)
add_throttle_handler(api)
search_throttle = SearchThrottle()


# HEAD is GET without the body and is not described as an operation of its own.
@api.api_operation(["HEAD"], "/search", response=Results, throttle=search_throttle, include_in_schema=False)
@api.get(
    "/search",
    response={200: Results, 422: Refusal, 429: Refusal},
    throttle=search_throttle,
    summary="Search all public content",
    url_name="search",
)
def search(request: HttpRequest, parameters: Query[Parameters]) -> Mapping[str, Any]:
    """Results with all words of q come first, then results with some of them. A page beyond the last one is empty."""
    found = find(
        parse(parameters.q),
        at=request_time(request),
        language=parameters.language or "",
        types=parameters.type,
        order=parameters.order,
        chosen=parameters.chosen,
    )
    identity = SiteIdentity.load()
    start = (parameters.page - 1) * parameters.page_size
    hits = found[start : start + parameters.page_size]
    return {
        "count": found.count(),
        "results": [
            serialize_result(hit, url=request.build_absolute_uri(hit.url), uri=identity.uri_of(hit.kind.model, hit.pk))
            for hit in hits
        ],
    }


def description(request: HttpRequest) -> HttpResponse:
    """Show the OpenAPI description as a page without scripts."""
    schema = api.get_openapi_schema()
    return render(request, "api/description.html", {"info": schema["info"], "operations": describe_operations(schema)})
