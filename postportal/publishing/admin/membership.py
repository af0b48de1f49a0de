"""Membership of an item in a release: the page on which it is added or removed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.publishing.admin.step_input import FormStepForm
from postportal.publishing.models import PubliclyTimed, Publishable, Release
from postportal.publishing.versions.revisions import open_edition
from postportal.publishing.workflow import release_members
from postportal.staff.form_state import form_state
from postportal.staff.panels import Panel
from postportal.staff.permissions import change_url, has_model_permission


class AddToReleaseForm(forms.Form):
    release = forms.ModelChoiceField(
        label=gettext_lazy("Release"),
        queryset=Release.objects.none(),
        required=False,
        empty_label=gettext_lazy("New release with the name below"),
    )
    new_name = forms.CharField(label=gettext_lazy("Name of the new release"), max_length=150, required=False)
    change_note = FormStepForm.base_fields["change_note"]

    def __init__(self, *args: Any, item: PubliclyTimed, can_add: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["release"].queryset = Release.objects.in_preparation().newest_first()  # type: ignore[attr-defined]
        if not can_add:
            del self.fields["new_name"]
            self.fields["release"].empty_label = "–"  # type: ignore[attr-defined]
        if not (isinstance(item, Publishable) and item.is_edited_in_edition):
            del self.fields["change_note"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and bool(cleaned.get("release")) == bool(cleaned.get("new_name")):
            raise ValidationError(_("Choose a release, or enter a name for a new one."))
        return cleaned


class ReleaseMembershipPanel(Panel):
    def urls(self) -> list[URLPattern]:
        return [self.path("<path:object_id>/release/", self.release_view, "release")]

    def context(self, request: HttpRequest, item: PubliclyTimed | None) -> dict[str, Any]:
        if item is None:
            return {}
        context: dict[str, Any] = {"item_release": release_members.release_of(item)}
        if self._can_change_membership(request, item):
            context["release_url"] = self.url("release", item.pk)
        return context

    def release_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        item = self.model_admin.get_object(request, unquote(object_id))
        if item is None:
            raise Http404
        if not self._can_change_membership(request, item):
            raise PermissionDenied
        posted = request.POST if request.method == "POST" else None
        edition = open_edition(item) if isinstance(item, Publishable) else None
        form = AddToReleaseForm(
            posted,
            item=item,
            can_add=has_model_permission(request.user, "add", Release),
            initial={"change_note": edition.change_note if edition else ""},
        )
        if request.method == "POST" and "leave" in request.POST:
            return self._remove_from_release(request, item)
        if request.method == "POST" and form.is_valid() and self._add_to_release(request, item, form.cleaned_data):
            return HttpResponseRedirect(change_url(item))
        context = {
            **self.model_admin.admin_site.each_context(request),
            "title": _("Release"),
            "opts": self.opts,
            "item": item,
            "item_release": release_members.release_of(item),
            "form": form,
            "change_url": change_url(item),
        }
        return TemplateResponse(request, "admin/publishing/membership.html", context)

    def _can_change_membership(self, request: HttpRequest, item: Any) -> bool:
        """Return True if the user may change releases, and may change the item or view and publish it."""
        user, model_admin = request.user, self.model_admin
        if form_state(request).is_proposing:
            return False
        can_publish = model_admin.has_view_permission(request, item) and has_model_permission(user, "publish", item)
        return has_model_permission(user, "change", Release) and (
            model_admin.has_change_permission(request, item) or can_publish
        )

    def _add_to_release(self, request: HttpRequest, item: Any, cleaned: dict[str, Any]) -> bool:
        try:
            release = release_members.add_to_release_or_create(
                item,
                cleaned["release"],
                by=request.user,
                note=cleaned.get("change_note"),
                new_name=cleaned.get("new_name", ""),
            )
        except ValidationError as error:
            self.model_admin.message_user(request, " ".join(error.messages), messages.ERROR)
            return False
        text = _("“%(item)s” was added to the release “%(release)s”.") % {"item": item, "release": release}
        self.model_admin.message_user(request, text, messages.SUCCESS)
        return True

    def _remove_from_release(self, request: HttpRequest, item: Any) -> HttpResponse:
        release = release_members.release_of(item)
        try:
            if release is not None:
                release_members.remove_from_release(release, item)
        except ValidationError as error:
            self.model_admin.message_user(request, " ".join(error.messages), messages.ERROR)
        else:
            text = _("“%(item)s” was removed from the release.") % {"item": item}
            self.model_admin.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(change_url(item))
