"""State of one request to an admin form, for the methods that Django calls one after the other."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.db import IntegrityError
from django.db.models import Model
from django.http import HttpRequest, QueryDict

from postportal.staff.models import Autosave

_KEY = "form_state"


@dataclass
class FormState:
    """Facts about a form that its methods pass on: Django hands all of them nothing but the request."""

    # The row that was saved, once the form was accepted.
    saved_item: Model | None = None
    # True while the form is processed only to see what it would save.
    is_dry_run: bool = False
    # The model of the form if the user may not save it: what it would save is proposed to somebody who may.
    proposed_model: type[Model] | None = None
    # The version token of the item when the request began.
    shown_version: str = "0"
    # The autosave that the form shows.
    restored_autosave: Autosave | None = None
    # The database refused the row, though the form was valid.
    database_error: IntegrityError | None = None
    # Only tags were changed, which readers see at once.
    is_filed: bool = False
    is_disk_full: bool = False
    # The form was sent without the mark that says which values it showed.
    is_unmarked: bool = False
    # Stages of the open editions of items, by label of the model and key.
    stages: dict[tuple[str, Any], str] = field(default_factory=dict)
    # Whether the user is an author of items, by the same keys.
    authored: dict[tuple[str, Any], bool] = field(default_factory=dict)
    # Whether the limits of the account allow items, by the same keys.
    in_reach: dict[tuple[str, Any], bool] = field(default_factory=dict)
    # Whether the user may publish rows without a second person, by the same keys.
    publishable: dict[tuple[str, Any], bool] = field(default_factory=dict)
    # Colleagues who may change items, by the same keys.
    colleagues: dict[tuple[str, Any], list[Any]] = field(default_factory=dict)
    # What the templates get instead of the context of the panels: a small form that was refused.
    panel_context: dict[str, Any] = field(default_factory=dict)
    # Messages that are shown only if the save succeeds; None where each is shown at once.
    held_messages: list[tuple[Any, ...]] | None = None

    @property
    def is_proposing(self) -> bool:
        return self.proposed_model is not None


def form_state(request: HttpRequest) -> FormState:
    """Return the state of the form that this request serves, and start one on first use."""
    state: FormState = request.__dict__.setdefault(_KEY, FormState())
    return state


def post_copy(request: HttpRequest, fields: QueryDict, **changes: Any) -> HttpRequest:
    """Return a copy of the request that posts `fields`, with a form state of its own in which `changes` are set.

    Django's `changeform_view` reads the data of a form from the request and from nowhere else. User, session, messages
    and `META` are those of the original."""
    return _copy(request, "POST", fields, replace(form_state(request), **changes))


def get_copy(request: HttpRequest, **facts: Any) -> HttpRequest:
    """Return a copy of the request that sends nothing, with a new form state of these facts."""
    return _copy(request, "GET", QueryDict(), FormState(**facts))


def _copy(request: HttpRequest, method: str, fields: QueryDict, state: FormState) -> HttpRequest:
    # Parses the body now: later, that would replace the fields given here.
    bool(request.FILES)
    copy: HttpRequest = object.__new__(type(request))
    # Not copy.copy: it leaves out what cannot be pickled, and gives the copy a `META` of its own.
    copy.__dict__.update(request.__dict__)
    copy.__dict__[_KEY] = state
    copy.method = method
    copy.POST = fields  # type: ignore[assignment]
    return copy
