"""Redirects from the former slugs of tags to their current ones, wherever a slug of a tag is part of a URL. They lead
to tags of public items only."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from postportal.tags.models import FormerSlug
from postportal.web.request_time import request_time

View = Callable[..., HttpResponseBase]
# Operations of the API return other things.
AnyView = Callable[..., Any]


def redirect_former_slug(view: View) -> View:
    """Redirect the URL of a list of one tag, if its slug is a former one. A decorator of views with the argument
    `slug`; lists that exist cost no query."""

    @wraps(view)
    def redirecting(request: HttpRequest, *args: Any, slug: str, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, slug=slug, **kwargs)
        except Http404:
            current = FormerSlug.objects.public(request_time(request)).current_slugs([slug])
            if not current or request.resolver_match is None:
                raise
        match = request.resolver_match
        captured: dict[str, Any] = match.captured_kwargs  # type: ignore[attr-defined]
        path = reverse(match.view_name, kwargs={**captured, "slug": current[slug]})
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)

    return redirecting


def redirect_former_tags(parameter: str) -> Callable[[AnyView], AnyView]:
    """Redirect to the same URL with current slugs, if this parameter has former ones. All other parameters stay. A
    decorator of views; requests without the parameter cost no query."""

    def decorator(view: AnyView) -> AnyView:
        @wraps(view)
        def redirecting(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            values = request.GET.getlist(parameter)
            current = FormerSlug.objects.public(request_time(request)).current_slugs(values)
            if not current:
                return view(request, *args, **kwargs)
            query = request.GET.copy()
            query.setlist(parameter, list(dict.fromkeys(current.get(value, value) for value in values)))
            return HttpResponsePermanentRedirect(f"{request.path}?{query.urlencode()}")

        return redirecting

    return decorator
