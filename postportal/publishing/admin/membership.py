"""The page on which an item is put into a release, or taken out of it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.publishing.admin.steps import FormStepForm
from postportal.publishing.models import PubliclyTimed, Publishable, Releasable, Release
from postportal.publishing.workflow import releases
from postportal.publishing.workflow.rules import is_allowed
from postportal.staff.model_admin import PortalAdmin
from postportal.staff.permissions import change_url, has_model_permission


class AddToReleaseForm(forms.Form):
    release = forms.ModelChoiceField(
        label=gettext_lazy("Release"),
        queryset=Release.objects.none(),
        required=False,
        empty_label=gettext_lazy("A new one, with the name below"),
    )
    new_name = forms.CharField(label=gettext_lazy("Name of a new release"), max_length=150, required=False)
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
        said = super().clean() or {}
        if not self.errors and bool(said.get("release")) == bool(said.get("new_name")):
            raise ValidationError(_("Choose a release, or name a new one."))
        return said


class ReleaseMembershipAdmin(PortalAdmin):
    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_release"
        view = self.admin_site.admin_view(self.release_view)
        return [path("<path:object_id>/release/", view, name=name), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        item = kwargs.get("obj")
        if item is not None:
            context["in_release"] = releases.release_of(item)
            if self._can_change_membership(request, item):
                context["release_address"] = self._release_url(item)
        return super().render_change_form(request, context, *args, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A scheduled release lets nothing go."""
        release = getattr(obj, "release", None)
        is_held = release is not None and release.stage == Release.Stage.SCHEDULED
        return super().has_delete_permission(request, obj) and not is_held

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Held while its form is saved: it would write over what is done with the row and a release meanwhile."""
        item = super().get_object(request, object_id, from_field)
        is_saved = request.method == "POST" and transaction.get_connection().in_atomic_block
        if not is_saved or not isinstance(item, Releasable):
            return item
        held = self.model._default_manager.select_for_update(of=("self",)).filter(pk=item.pk)
        list(held.values_list("pk"))
        return super().get_object(request, object_id, from_field)

    def release_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        item = self.get_object(request, unquote(object_id))
        if item is None:
            raise Http404
        if not self._can_change_membership(request, item):
            raise PermissionDenied
        posted = request.POST if request.method == "POST" else None
        form = AddToReleaseForm(posted, item=item, can_add=has_model_permission(request.user, "add", Release))
        if request.method == "POST" and "leave" in request.POST:
            return self._remove_from_release(request, item)
        if request.method == "POST" and form.is_valid() and self._add_to_release(request, item, form.cleaned_data):
            return HttpResponseRedirect(change_url(type(item), item.pk))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Release"),
            "opts": self.opts,
            "item": item,
            "current": releases.release_of(item),
            "form": form,
            "back": change_url(type(item), item.pk),
        }
        return TemplateResponse(request, "admin/publishing/membership.html", context)

    def _can_change_membership(self, request: HttpRequest, item: Any) -> bool:
        """Whoever works on releases and on the item, or may publish it."""
        may_publish = self.has_view_permission(request, item) and is_allowed(request.user, item, "publish")
        return has_model_permission(request.user, "change", Release) and (
            self.has_change_permission(request, item) or may_publish
        )

    def _add_to_release(self, request: HttpRequest, item: Any, said: dict[str, Any]) -> bool:
        try:
            release = releases.add_to_release_or_create(
                item,
                said["release"],
                by=request.user,
                note=said.get("change_note", ""),
                new_name=said.get("new_name", ""),
            )
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return False
        text = _("“%(item)s” goes out with “%(release)s”.") % {"item": item, "release": release}
        self.message_user(request, text, messages.SUCCESS)
        return True

    def _remove_from_release(self, request: HttpRequest, item: Any) -> HttpResponse:
        release = releases.release_of(item)
        try:
            if release is not None:
                releases.remove_from_release(release, item)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
        else:
            self.message_user(request, _("“%(item)s” is in no release now.") % {"item": item}, messages.SUCCESS)
        return HttpResponseRedirect(change_url(type(item), item.pk))

    def _release_url(self, item: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_release", args=[item.pk])
