"""Operations of the read API about the registers: people, services and stamps."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import NinjaAPI, Query

from news.popolo import popolo_of
from postportal.api.errors import ParameterError, parameter_problem
from postportal.api.popolo_schemas import POPOLO_EXAMPLE, Popolo
from postportal.api.rate_limits import SearchThrottle
from postportal.api.read_api import REFUSALS
from postportal.api.service_schemas import Services, Stamps, YearOfStamps
from postportal.web.request_time import request_time
from services.hsds import services_of
from services.wns_sheet import wns_rows

throttle = SearchThrottle()


def _refuse_parameters(request: HttpRequest) -> None:
    """Refuse every parameter of an operation that is always about everything."""
    problems = [parameter_problem("unknown_parameter", name, f"There is no parameter {name}.") for name in request.GET]
    if problems:
        raise ParameterError(problems)


def people(request: HttpRequest) -> Mapping[str, Any]:
    """All public people, organizations, posts and memberships, in the terms of Popolo (popoloproject.com)."""
    _refuse_parameters(request)
    return popolo_of(request)


def services(request: HttpRequest) -> Mapping[str, Any]:
    """All services with their hotlines and opening hours of today, in the terms of HSDS 3 (Open Referral)."""
    _refuse_parameters(request)
    return {"services": services_of(request)}


def stamps(request: HttpRequest, parameters: Query[YearOfStamps]) -> Mapping[str, Any]:
    """The stamps of the public issues of a year, with the columns of a registration in the WNS. The list is empty for a
    year without stamps."""
    year = parameters.year or timezone.localdate(request_time(request)).year
    return {"stamps": list(wns_rows(request, year))}


OPERATIONS: tuple[tuple[str, Any, type, str, str, dict[str, Any]], ...] = (
    ("/people", people, Popolo, "listPeople", "List people, organizations and posts", POPOLO_EXAMPLE),
    ("/services", services, Services, "listServices", "List services and hotlines", {"services": []}),
    ("/stamps", stamps, Stamps, "listStamps", "List the stamps of a year", {"stamps": []}),
)


def add_register_operations(api: NinjaAPI) -> None:
    """Add the operations. HEAD is GET without the body and is not described as an operation of its own."""
    for path, view, schema, operation_id, summary, example in OPERATIONS:
        api.api_operation(["HEAD"], path, response=schema, throttle=throttle, include_in_schema=False)(view)
        api.get(
            path,
            operation_id=operation_id,
            tags=["Registers"],
            response={200: schema, **REFUSALS},
            throttle=throttle,
            summary=summary,
            url_name=operation_id,
            openapi_extra={"responses": {200: {"content": {"application/json": {"example": example}}}}},
        )(view)
