"""Links above the lists of the staff side: apps add theirs in their module `dashboard`."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db.models import Model
from django.http import HttpRequest


class ListLink(NamedTuple):
    """A link above a list."""

    label: Any
    url: str


MakeLink = Callable[[HttpRequest, type[Model]], ListLink | None]
_makers: list[MakeLink] = []


def register_list_link(make_link: MakeLink) -> None:
    """Show the link that the function returns above the list of a model, none for None."""
    _makers.append(make_link)


def list_links(request: HttpRequest, model: type[Model]) -> list[ListLink]:
    """Return the links above the list of the model."""
    links = (make_link(request, model) for make_link in _makers)
    return [link for link in links if link is not None]
