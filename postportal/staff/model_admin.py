"""What every form and list of the staff side has in common."""

from contextlib import nullcontext
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.forms import Field, ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from taggit.managers import TaggableManager

from postportal.audit.actions import Action
from postportal.audit.log import log_action, log_actions
from postportal.staff.autocomplete import MultipleAutocomplete, PictureSelect, SingleAutocomplete
from postportal.staff.autosave import AutosaveAdmin
from postportal.staff.date_inputs import FIELD_OVERRIDES, time_zone_help
from postportal.staff.deletion import list_uses
from postportal.staff.list_edits import EditableListForm
from postportal.staff.tags import TagSelect

IN_USE_ERRORS = (ProtectedError, RestrictedError)


class WriteConflictForm(ModelForm):
    """Put before a form class: says that somebody else was faster where no single field explains it."""

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if not self.errors:
            text = _("Somebody else saved something at the same moment. Your text is still here: look, and save again.")
            self.add_error(None, text)


class PortalFormFields(BaseModelAdmin):
    """Fields as they look everywhere, in forms and in the rows inside them."""

    formfield_overrides = FIELD_OVERRIDES

    def _is_searchable(self, field: models.Field, request: HttpRequest) -> bool:
        """Every relation to something that can be searched suggests: no list to forget a field in, no select of 10,000
        rows."""
        model = field.remote_field.model if field.remote_field else None
        if model is None or not self.admin_site.is_registered(model):
            return False
        return bool(self.admin_site.get_model_admin(model).get_search_fields(request))

    def formfield_for_foreignkey(self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.remote_field.model._meta.label_lower == "images.image":
            kwargs.setdefault("widget", PictureSelect(db_field, self.admin_site))
        elif self._is_searchable(db_field, request):
            kwargs.setdefault("widget", SingleAutocomplete(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: models.ManyToManyField, request: HttpRequest, **kwargs: Any) -> Any:
        if self._is_searchable(db_field, request):
            kwargs.setdefault("widget", MultipleAutocomplete(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Field | None:
        if isinstance(db_field, TaggableManager):
            text = _("Type to find a tag or to add one; Enter or a comma ends it.")
            kwargs = {"widget": TagSelect, "help_text": text, **kwargs}
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if formfield:
            # A second, hidden field for each default that is a function would only get in the way of validators.
            formfield.show_hidden_initial = False
        if formfield and isinstance(db_field, models.DateTimeField):
            formfield.help_text = time_zone_help(formfield.help_text)
        widget = getattr(formfield, "widget", None)
        if isinstance(widget, RelatedFieldWidgetWrapper):
            # Deleting a section from inside an article is a slip, not a wish.
            widget.can_delete_related = False
            # The stock wrapper forgets to ask the field it wraps.
            widget.use_required_attribute = widget.widget.use_required_attribute  # type: ignore[method-assign]
        return formfield


class DeferringChangeList(ChangeList):
    """Leaves long texts in the database: a page of fifty would carry megabytes of them."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> models.QuerySet[Any]:
        rows = super().get_queryset(request, exclude_parameters)
        texts = [field.name for field in self.model._meta.concrete_fields if isinstance(field, models.TextField)]
        return rows.defer(*texts)


class PortalAdmin(PortalFormFields, AutosaveAdmin):
    list_per_page = 50
    show_full_result_count = False
    # Counting the rows behind every filter takes longer than the list itself.
    show_facets = admin.ShowFacets.NEVER

    def get_action_choices(
        self, request: HttpRequest, default_choices: Any = None, action_location: Any = None
    ) -> list[tuple[str, str]]:
        """Deleting comes last, where nobody presses it for something else."""
        # Each Django gets what it asks for: before 6.1 there was one place for actions, and a default of choices.
        given = {"default_choices": default_choices, "action_location": action_location}
        choices = super().get_action_choices(request, **{name: it for name, it in given.items() if it is not None})
        return sorted(choices, key=lambda choice: choice[0] == "delete_selected")

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> type[ModelForm]:
        return super().get_changelist_form(request, **{"form": EditableListForm, **kwargs})

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return DeferringChangeList

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who may only look sees texts as readers do, not their HTML."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        return [
            (name, {**options, "fields": list(map(self._as_readers_see, options["fields"]))})
            for name, options in fieldsets
        ]

    def _as_readers_see(self, name: Any) -> Any:
        field = {field.name: field for field in self.opts.concrete_fields}.get(name)
        if field is None or not getattr(field, "is_rich_text", False):
            return name

        @admin.display(description=field.verbose_name)
        def text(row: models.Model) -> SafeString:
            # Cleaned on its way into the database.
            return format_html('<div class="rich-text">{}</div>', mark_safe(getattr(row, name)))  # noqa: S308

        return text

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type[ModelForm]:
        form = super().get_form(request, obj, change=change, **kwargs)
        if getattr(request, "lost_a_race", False):
            return type(form.__name__, (WriteConflictForm, form), {})
        return form

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            # Somebody saved the same address, number or name between our check and our write. Checked once more, the
            # form says which field it is, and keeps what was typed.
            request.lost_a_race = True  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        extra_context = {"title": capfirst(str(self.opts.verbose_name_plural)), **(extra_context or {})}
        if not all(_is_pk(value) for value in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            return self._refuse(request, _("The selection could not be read. Nothing was changed."))
        try:
            # Only for what writes: SQLite would make every reader wait for the writers.
            with transaction.atomic() if request.method == "POST" else nullcontext():
                return super().changelist_view(request, extra_context)
        except IN_USE_ERRORS:
            return self._refuse(request, _("Some of these have come into use meanwhile. Nothing was deleted."))
        except (ValidationError, ValueError, OverflowError):
            if not request.GET:
                raise
            return self._refuse(request, _("This filter could not be read, so all are shown."))

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except IN_USE_ERRORS:
            return self._refuse(request, _("It has come into use meanwhile. Nothing was deleted."))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        # Before, while it still has key and name; both are in one transaction.
        log_action(Action.DELETE, request=request, item=obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        log_actions(Action.DELETE, queryset, request=request)
        super().delete_queryset(request, queryset)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        # Looked up by count, before the stock collector loads every one of perhaps 100,000 rows.
        protected = self.protecting_uses(list(objs))
        if protected:
            return [], {}, set(), protected
        return super().get_deleted_objects(objs, request)

    def protecting_uses(self, rows: list[models.Model]) -> list[Any]:
        return list_uses(rows, site=self.admin_site, only_protected=True)

    def _refuse(self, request: HttpRequest, text: str) -> HttpResponse:
        self.message_user(request, text, messages.ERROR)
        return HttpResponseRedirect(self.changelist_url())

    def changelist_url(self) -> str:
        return reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_changelist")


class ReadOnlyAdmin(PortalAdmin):
    """Rows to look at: they are written by what happens, and nobody edits them."""

    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ChildRowInline(PortalFormFields, admin.StackedInline):
    """Rows inside a form. Stacked: a table of fields has no labels to announce and does not fit a telephone."""

    extra = 0
    # The row is seen where its parent is.
    view_on_site = False


def _is_pk(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= 18
