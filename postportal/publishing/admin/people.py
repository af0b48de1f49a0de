"""People at work on an item: its authors, and to whom it is assigned until when."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.publishing.admin.colleagues import ColleagueField, colleagues_of, names_to_choose
from postportal.publishing.admin.panels import ItemPanel
from postportal.publishing.models import Publishable
from postportal.publishing.workflow import assignments, authors
from postportal.staff.account_names import full_name_or_username
from postportal.staff.date_inputs import NativeDateInput
from postportal.staff.permissions import has_model_permission
from postportal.web.date_fields import RangedDateFormField

# The actions whose forms have fields to fill in; the others are buttons.
TYPED = ("add-author", "hand-over", "assign")
TYPE_TO_FIND = gettext_lazy("Type a part of the name, and choose from the list.")


class _PeopleForm(forms.Form):
    """Base of the forms: each offers the colleagues who can work on the item."""

    # Several forms are on one page.
    prefix_of_ids = "author"
    user = ColleagueField(label=gettext_lazy("Colleague"), help_text=TYPE_TO_FIND)

    def __init__(self, data: Any, *, colleagues: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(data, auto_id=f"id_{self.prefix_of_ids}_%s", **kwargs)
        self.fields["user"].offer(colleagues)  # type: ignore[attr-defined]


class RemoveAuthorForm(forms.Form):
    """Form of the button beside each author, whatever the author may do by now."""

    user = forms.TypedChoiceField()

    def __init__(self, data: Any, *, authors: list[Any]) -> None:
        super().__init__(data)
        by_key = {str(author.pk): author for author in authors}
        self.fields["user"].choices = [(key, key) for key in by_key]  # type: ignore[attr-defined]
        self.fields["user"].coerce = by_key.__getitem__  # type: ignore[attr-defined]


class HandOverForm(_PeopleForm):
    prefix_of_ids = "hand_over"
    note = forms.CharField(
        label=gettext_lazy("Note for the colleague"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("What is left to do. It is added to the comments."),
    )


class AssignForm(HandOverForm):
    prefix_of_ids = "assign"
    user = ColleagueField(label=gettext_lazy("Assigned to"), required=False, help_text=TYPE_TO_FIND)
    due_on = RangedDateFormField(
        label=gettext_lazy("Due on"), widget=NativeDateInput, required=False, is_end=True, years_ahead=2
    )
    field_order = ["user", "due_on", "note"]


class PeoplePanel(ItemPanel):
    name = "people"

    def urls(self) -> list[URLPattern]:
        return [self.path("<path:object_id>/people/<slug:action>/", self.people_view, "people")]

    def context(self, request: HttpRequest, item: Publishable | None) -> dict[str, Any]:
        if item is None or not self.model_admin.has_view_permission(request, item):
            return {}
        return self._people_context(request, item)

    def people_view(self, request: HttpRequest, object_id: str, action: str) -> HttpResponse:
        item: Publishable = self.get_item_or_404(request, object_id)
        actions: dict[str, tuple[Callable[..., str], type[forms.Form], bool]] = {
            "add-author": (self._add_author, _PeopleForm, self._may_change_authors(request, item)),
            "remove-author": (self._remove_author, RemoveAuthorForm, self._may_change_authors(request, item)),
            "hand-over": (self._hand_over, HandOverForm, self._may_change_authors(request, item)),
            "assign": (self._assign, AssignForm, self._may_assign(request, item)),
            "finish": (self._finish, AssignForm, self._may_finish(request, item)),
        }
        if action not in actions:
            raise Http404
        act, form_class, is_allowed = actions[action]
        if not (is_allowed and self.model_admin.has_view_permission(request, item)):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        offered = self._offered(request, item, action)
        form = form_class(request.POST, **offered)
        if not form.is_valid():
            if action in TYPED:
                return self.refusal(request, item, self._people_context(request, item, {action: form}))
            reasons = " ".join(str(reason) for reasons in form.errors.values() for reason in reasons)
            return self._people_response(request, item, reasons, messages.ERROR)
        try:
            text = act(item, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            return self._people_response(request, item, " ".join(error.messages), messages.ERROR)
        return self._people_response(request, item, text, messages.SUCCESS)

    def _add_author(self, item: Publishable, user: Any, *, by: Any) -> str:
        authors.add_author(item, user, by=by, at=timezone.now())
        return _("%(name)s is now an author.") % {"name": full_name_or_username(user)}

    def _remove_author(self, item: Publishable, user: Any, *, by: Any) -> str:
        authors.remove_author(item, user, by=by)
        return _("%(name)s is no longer an author.") % {"name": full_name_or_username(user)}

    def _hand_over(self, item: Publishable, user: Any, *, by: Any, note: str) -> str:
        authors.hand_over(item, user, by=by, at=timezone.now(), note=note)
        return _("Handed over to %(name)s.") % {"name": full_name_or_username(user)}

    def _assign(self, item: Publishable, user: Any, *, by: Any, due_on: Any, note: str) -> str:
        assigned = assignments.assign(item, user, due_on=due_on, by=by, at=timezone.now(), note=note)
        return _("Assignment saved.") if assigned else _("The item is no longer assigned.")

    def _finish(self, item: Publishable, user: Any, *, by: Any, **_fields: Any) -> str:
        assignments.finish(item, by=by)
        return _("Assignment marked as done.")

    def _offered(self, request: HttpRequest, item: Publishable, action: str) -> dict[str, Any]:
        """Return whom the form of the action can be about."""
        if action == "remove-author":
            return {"authors": authors.authors_of(item)}
        return {"colleagues": names_to_choose(colleagues_of(request, item))}

    def _may_change_authors(self, request: HttpRequest, item: Publishable) -> bool:
        """Return True for the authors, and for those who may publish the item."""
        if has_model_permission(request.user, "publish", item):
            return True
        may_write = has_model_permission(request.user, "change", item)
        return may_write and bool(self.model_admin.is_author(request, item))

    def _may_assign(self, request: HttpRequest, item: Publishable) -> bool:
        return has_model_permission(request.user, "publish", item)

    def _may_finish(self, request: HttpRequest, item: Publishable) -> bool:
        assignment = assignments.assignment_of(item)
        is_own = assignment is not None and assignment.user_id == request.user.pk
        return is_own or self._may_assign(request, item)

    def _people_context(
        self, request: HttpRequest, item: Publishable, refused: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return the context of the panel. A form that was refused is shown with what was typed."""
        sent = refused or {}
        assignment, may_assign = assignments.assignment_of(item), self._may_assign(request, item)
        may_change = self._may_change_authors(request, item)
        is_own = assignment is not None and assignment.user_id == request.user.pk
        colleagues = names_to_choose(colleagues_of(request, item)) if may_change or may_assign else []
        initial = {"user": assignment.user_id, "due_on": assignment.due_on} if assignment else {}
        return {
            "item_authors": authors.authors_of(item),
            "names_to_choose": [name for name, _colleague in colleagues],
            "assignment": assignment,
            "is_overdue": assignment is not None and assignment.is_overdue_on(timezone.localdate()),
            "author_form": sent.get("add-author", _PeopleForm(None, colleagues=colleagues)) if may_change else None,
            "hand_over_form": sent.get("hand-over", HandOverForm(None, colleagues=colleagues)) if may_change else None,
            "assign_form": (
                sent.get("assign", AssignForm(None, colleagues=colleagues, initial=initial)) if may_assign else None
            ),
            "people_urls": {
                name.replace("-", "_"): self.url("people", item.pk, name)
                for name in ("add-author", "remove-author", "hand-over", "assign", "finish")
            },
            "may_finish": assignment is not None and (is_own or may_assign),
        }

    def _people_response(self, request: HttpRequest, item: Publishable, text: str, level: int) -> HttpResponse:
        # The request may have taken the rights of the user who sent it.
        self.model_admin.forget_author(request, item)
        context = self._people_context(request, item)
        return self.panel_response(request, item, text=text, level=level, context=context)
