"""Operations of the read API, and the page that describes them."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from ninja import Query

from postportal.api.description import describe_operations
from postportal.api.documents import (
    DOCUMENTS_EXAMPLE,
    DocumentParameters,
    DocumentResults,
    serialize_document,
)
from postportal.api.errors import error_response
from postportal.api.rate_limits import SearchThrottle, add_throttle_handler
from postportal.api.read_api import REFUSALS, make_api
from postportal.api.register_views import add_register_operations
from postportal.api.search import EXAMPLE, Parameters, Results, serialize_result
from postportal.documents.public_uses import public_documents
from postportal.publishing.models import SiteIdentity
from postportal.search.results import search as find
from postportal.tags.redirects import redirect_former_tags
from postportal.web.request_time import request_time
from postportal.web.site_url import absolute_url

api = make_api()
add_throttle_handler(api)
search_throttle = SearchThrottle()


# HEAD is GET without the body and is not described as an operation of its own.
@api.api_operation(["HEAD"], "/search", response=Results, throttle=search_throttle, include_in_schema=False)
@api.get(
    "/search",
    operation_id="searchArchive",
    tags=["Search"],
    response={200: Results, **REFUSALS},
    throttle=search_throttle,
    summary="Search or list all public content",
    url_name="search",
    openapi_extra={
        "responses": {
            200: {"content": {"application/json": {"example": EXAMPLE}}},
            301: {"description": "A topic has a new slug. Location has the same search with it."},
        }
    },
)
@redirect_former_tags("tag")
def search(request: HttpRequest, parameters: Query[Parameters]) -> Mapping[str, Any]:
    """Results with all words of q come first, then results with some of them. Without q, everything that the other
    parameters select is listed, newest first. Without any, nothing is. A page beyond the last one is empty."""
    found = find(parameters.query, at=request_time(request), order=parameters.best_order)
    identity = SiteIdentity.load()
    start = (parameters.page - 1) * parameters.page_size
    hits = found[start : start + parameters.page_size]
    return {
        "count": found.count(),
        "results": [
            serialize_result(hit, url=absolute_url(request, hit.url), uri=identity.uri_of(hit.kind.model, hit.pk))
            for hit in hits
        ],
    }


@api.api_operation(["HEAD"], "/documents", response=DocumentResults, throttle=search_throttle, include_in_schema=False)
@api.get(
    "/documents",
    operation_id="listDocuments",
    tags=["Documents"],
    response={200: DocumentResults, **REFUSALS},
    throttle=search_throttle,
    summary="List all public documents",
    url_name="documents",
    openapi_extra={"responses": {200: {"content": {"application/json": {"example": DOCUMENTS_EXAMPLE}}}}},
)
def documents(request: HttpRequest, parameters: Query[DocumentParameters]) -> Mapping[str, Any]:
    """Files that public pages list or link to, those with the newest files first. A page beyond the last one is
    empty."""
    found = public_documents(request_time(request)).defer("text")
    start = (parameters.page - 1) * parameters.page_size
    rows = found.order_by("-uploaded_at", "-pk")[start : start + parameters.page_size]
    return {
        "count": found.count(),
        "documents": [serialize_document(row, url=absolute_url(request, row.get_absolute_url())) for row in rows],
    }


add_register_operations(api)


@csrf_exempt
@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """Show the OpenAPI description as a page without scripts."""
    schema = api.get_openapi_schema()
    return render(request, "api/description.html", {"info": schema["info"], "operations": describe_operations(schema)})


@csrf_exempt
def not_found(request: HttpRequest, path: str) -> HttpResponse:
    """Answer URLs below /api/ that do not exist. Without it, they would be looked up among the pages."""
    return error_response(404)
