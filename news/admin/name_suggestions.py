"""Suggestions on the article form: people and organizations that the text names, to be linked with one click."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.translation import gettext

from news.imports.known_names import KnownNames, NameMatch, NameOwner, SharedName
from news.imports.printed_names import read_name
from news.imports.unknown_people import find_unknown_people
from news.models import Appointment, Article, Mention, Person
from postportal.publishing.checks import Fault
from postportal.richtext.plain_text import plain_text
from postportal.staff.panels import Panel
from postportal.staff.permissions import PROPOSE, has_model_permission

MAX_FIELD_LENGTH = 200_000
_LINK_BUTTON_VALUE = re.compile(r"link-(person|organization)-([0-9]{1,18})")


class NameSuggestionsPanel(Panel):
    def urls(self) -> list[URLPattern]:
        return [self.path("named/", self.name_suggestions_view, "name_suggestions")]

    def name_suggestions_view(self, request: HttpRequest) -> HttpResponse:
        """Return the names in a text that is being typed, as JSON."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not (self.model_admin.has_add_permission(request) or self.model_admin.has_change_permission(request)):
            raise PermissionDenied
        texts = {name: request.POST.get(name, "")[:MAX_FIELD_LENGTH] for name in ("title", "standfirst", "body")}
        people = propose_people(request.user, **texts)
        return JsonResponse({"suggestions": suggest_names(request.user, **texts), "people": people})

    def context(self, request: HttpRequest, item: Article | None) -> dict[str, Any]:
        if not self.can_write(request, item):
            return {}
        return {
            "name_suggestions_url": self.url("name_suggestions"),
            "name_suggestions": _suggest_once(request.user, item),
            "unknown_people": propose_people(request.user, **_texts_of(item)) if item else [],
        }

    def on_form_saved(self, request: HttpRequest, item: Article) -> None:
        """Link the name whose button was pressed: without scripts the button submits the form."""
        match = _LINK_BUTTON_VALUE.fullmatch(request.POST.get("_continue", ""))
        for suggestion in unlinked_suggestions(request.user, item) if match else []:
            if (suggestion["kind"], str(suggestion["id"])) == match.groups():  # type: ignore[union-attr]
                Mention.objects.create(
                    article=item,
                    label=suggestion["label"],
                    order=item.mentions.count(),
                    **{f"{suggestion['kind']}_id": suggestion["id"]},
                )


def suggest_names(user: Any, *, title: str, standfirst: str, body: str) -> list[dict[str, Any]]:
    """Return the people and organizations named in the text that the user may view, in the order of the text."""
    known, text = KnownNames.load(), "\n".join([title, standfirst, plain_text(body)])
    matches = known.find(text)
    suggestions = [each for shared in known.find_shared(text) for each in _choices(user, shared)]
    for model in {match.owner.model for match in matches}:
        if user.has_perm(f"news.view_{model._meta.model_name}"):
            by_pk = {match.owner.pk: match for match in matches if match.owner.model is model}
            rows = model._default_manager.filter(pk__in=by_pk).order_by("pk")
            suggestions += [_to_json(row, by_pk[row.pk]) for row in rows]
    return sorted(suggestions, key=lambda suggestion: suggestion["position"])


def propose_people(user: Any, *, title: str, standfirst: str, body: str) -> list[dict[str, str]]:
    """Return those whom the text names with a position and whom the register does not have, each with the URL of the
    form to add the person."""
    if not may_add_person(user):
        return []
    text = "\n".join([title, standfirst, plain_text(body)])
    return [
        {
            "name": person.name,
            "title": person.in_words,
            "url": add_person_url(person.name, is_chinese=person.is_chinese),
        }
        for person in find_unknown_people(text, KnownNames.load())
    ]


def may_add_person(user: Any) -> bool:
    """Return True if the form of a new person is open to the user, to add or to propose one."""
    return any(has_model_permission(user, action, Person) for action in ("add", PROPOSE))


def add_person_url(name: str, *, is_chinese: bool, **more: Any) -> str:
    """Return the URL of the form to add a person of this name."""
    parts = read_name(name)
    names = {"family_name": parts.family, "given_name": parts.given, "name_order": parts.order}
    query = urlencode({**({"name_zh": name} if is_chinese else names), **more})
    return f"{reverse('admin:news_person_add')}?{query}"


def _texts_of(article: Article) -> dict[str, str]:
    return {name: getattr(article, name) for name in ("title", "standfirst", "body")}


def unlinked_suggestions(user: Any, article: Article | None) -> list[dict[str, Any]]:
    """Return the people and organizations that the saved text names but the article does not link."""
    if article is None:
        return []
    linked = {
        (kind, key)
        for row in article.mentions.values("person_id", "organization_id")
        for kind, key in (("person", row["person_id"]), ("organization", row["organization_id"]))
    }
    suggestions = suggest_names(user, **_texts_of(article))
    settled = {each["choice"] for each in suggestions if (each["kind"], each["id"]) in linked} - {""}
    return [each for each in suggestions if (each["kind"], each["id"]) not in linked and each["choice"] not in settled]


def _choices(user: Any, shared: SharedName) -> list[dict[str, Any]]:
    """Return each person and organization with the name, with what tells them apart."""
    found = []
    at = timezone.now()
    for model in dict.fromkeys(owner.model for owner in shared.owners):
        rows = model._default_manager.filter(pk__in=[owner.pk for owner in shared.owners if owner.model is model])
        if not user.has_perm(f"news.view_{model._meta.model_name}"):
            continue
        if model is Person:
            held = Appointment.objects.published(at).held_on(timezone.localdate(at)).for_people()
            rows = rows.prefetch_related(Prefetch("appointments", queryset=held, to_attr="current_appointments"))
        else:
            rows = rows.select_related("parent")
        for row in rows.order_by("pk"):
            match = NameMatch(NameOwner(model, row.pk), shared.printed_name, shared.start)
            apart = {"kind_in_words": _told_apart(row), "choice": shared.printed_name}
            found.append({**_to_json(row, match), **apart})
    return found


def _told_apart(row: Any) -> str:
    """Return what tells the row apart from others of the same name, as far as the register knows."""
    kind = str(row._meta.verbose_name)
    if isinstance(row, Person):
        titles = [appointment.full_title for appointment in row.current_appointments]  # type: ignore[attr-defined]
        return row.told_apart_by or "; ".join(titles) or f"{kind}, {row.slug}"
    return str(row.parent or row.get_kind_display())


def _suggest_once(user: Any, article: Article | None) -> list[dict[str, Any]]:
    """Return the suggestions for the page of the form, which needs them twice."""
    if article is None:
        return []
    kept = vars(article)
    if "_unlinked_suggestions" not in kept:
        kept["_unlinked_suggestions"] = unlinked_suggestions(user, article)
    suggestions: list[dict[str, Any]] = kept["_unlinked_suggestions"]
    return suggestions


def unlinked_names(article: Article, user: Any) -> Iterator[Fault]:
    """Find the people and organizations that the text names but the article does not link, for the checks."""
    for suggestion in _suggest_once(user, article):
        detail = gettext("%(name)s is in the register.") % suggestion
        yield Fault(gettext("A name is not linked"), detail, "body", suggestion["label"] or suggestion["name"])


def _to_json(row: Any, match: NameMatch) -> dict[str, Any]:
    name = str(row)
    return {
        "kind": row._meta.model_name,
        "kind_in_words": str(row._meta.verbose_name),
        "id": row.pk,
        "name": name,
        # The name in the article, if it differs.
        "label": "" if match.printed_name == name else match.printed_name,
        "position": match.start,
        # The name that several have: linking one of them settles it.
        "choice": "",
    }
