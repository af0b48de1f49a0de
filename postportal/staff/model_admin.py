"""Base classes for the forms and lists of the staff side."""

from contextlib import nullcontext
from functools import partial
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ERROR_FLAG
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.forms import Field, ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import SimpleTemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from taggit.managers import TaggableManager

from postportal.audit.actions import Action
from postportal.audit.log import log_action, log_actions
from postportal.staff.autocomplete import MultipleAutocomplete, PictureSelect, SingleAutocomplete
from postportal.staff.autosave import AutosavePanel, formset_without_validation, restoring_request, without_validation
from postportal.staff.change_list import DeferringChangeList
from postportal.staff.date_inputs import FIELD_OVERRIDES
from postportal.staff.deletion import list_uses
from postportal.staff.form_state import form_state
from postportal.staff.left_out import warn_of_left_out
from postportal.staff.list_edits import EditableListForm
from postportal.staff.list_export import export_view, may_export
from postportal.staff.list_links import list_links
from postportal.staff.long_texts import limit_length
from postportal.staff.name_search import NameSearchAdmin
from postportal.staff.panels import Panel
from postportal.staff.personal_times import PersonalTimes
from postportal.staff.proposed_child_rows import ProposedChildRows
from postportal.staff.refused_form import RefusedForm
from postportal.staff.saved_filters import SAVE, list_filters, save_filter
from postportal.staff.tags import TagSelect
from postportal.staff.unlikely_dates import warn_of_unlikely_dates
from postportal.web.row_keys import RowsField, is_row_key

IN_USE_ERRORS = (ProtectedError, RestrictedError)


class PortalFormFields(PersonalTimes):
    """Form fields as they are everywhere on the staff side, in forms and in the child rows inside them."""

    formfield_overrides = FIELD_OVERRIDES

    def _is_searchable(self, field: models.Field, request: HttpRequest) -> bool:
        """Return True if the field gets an autocomplete: every relation to a model that can be searched. So no list of
        fields is forgotten, and no select has 10,000 options."""
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
        kwargs.setdefault("form_class", RowsField)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Field | None:
        if isinstance(db_field, TaggableManager):
            text = _("Type to find or add a tag. Press Enter or a comma after each tag.")
            kwargs = {"widget": TagSelect, "help_text": text, **kwargs}
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if formfield:
            # A second, hidden field for each default that is a function would only get in the way of validators.
            formfield.show_hidden_initial = False
            limit_length(formfield, db_field)
        widget = getattr(formfield, "widget", None)
        if isinstance(widget, RelatedFieldWidgetWrapper):
            # Nobody means to delete a section from inside an article.
            widget.can_delete_related = False
            if isinstance(widget.widget, PictureSelect):
                # The field has its own buttons: one way to a picture, not three.
                widget.widget.may_edit = widget.can_change_related or widget.can_view_related
                widget.can_add_related = widget.can_change_related = widget.can_view_related = False
            # The stock wrapper does not ask the widget that it wraps.
            widget.use_required_attribute = widget.widget.use_required_attribute  # type: ignore[method-assign]
        return formfield


class PortalAdmin(PortalFormFields, NameSearchAdmin, admin.ModelAdmin):
    """Base of the model admins. Collects URLs and context from its panels, and restores autosaves."""

    panels: ClassVar[list[type[Panel]]] = [AutosavePanel]
    # False where forms carry passwords.
    has_autosave = True
    # Whether the list can be exported, and only by users who may delete what readers have told us.
    has_export = True
    has_personal_data = False
    # Whether the list has rows of every year, so that its years need not be looked for.
    has_every_year = False
    list_per_page = 50
    show_full_result_count = False
    # Counting the rows behind every filter takes longer than the list itself.
    show_facets = admin.ShowFacets.NEVER

    def __init__(self, model: type[models.Model], admin_site: admin.AdminSite) -> None:
        super().__init__(model, admin_site)
        self.panel_objects = [panel(self) for panel in self.panels]

    def get_urls(self) -> list[URLPattern]:
        # Before the stock patterns: the last of them matches everything.
        name = f"{self.opts.app_label}_{self.opts.model_name}_export_list"
        view = self.admin_site.admin_view(partial(export_view, model_admin=self))
        export = path("export-list/<slug:file_format>/", view, name=name)
        return [export, *(pattern for panel in self.panel_objects for pattern in panel.urls()), *super().get_urls()]

    def get_action_choices(
        self, request: HttpRequest, default_choices: Any = None, action_location: Any = None
    ) -> list[tuple[str, str]]:
        """Return the actions with deletion last, so that nobody chooses it by mistake."""
        # Django has `action_location` from 6.1 on, and `default_choices` only before.
        given = {"default_choices": default_choices, "action_location": action_location}
        given = {name: value for name, value in given.items() if value is not None}
        choices = super().get_action_choices(request, **given)
        return sorted(choices, key=lambda choice: choice[0] == "delete_selected")

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> type[ModelForm]:
        return super().get_changelist_form(request, **{"form": EditableListForm, **kwargs})

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[DeferringChangeList]:
        return DeferringChangeList

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the fieldsets; users who may only view see rich text as readers do, not its HTML."""
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
            # Sanitised before it was stored.
            return format_html('<div class="rich-text">{}</div>', mark_safe(getattr(row, name)))  # noqa: S308

        return text

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type[ModelForm]:
        form, state = super().get_form(request, obj, change=change, **kwargs), form_state(request)
        if state.restored_autosave:
            return without_validation(form)
        if state.database_error is None:
            return form
        return type(form.__name__, (RefusedForm, form), {"database_error": state.database_error})

    def get_formsets_with_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        is_restored = form_state(request).restored_autosave is not None
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            yield (formset_without_validation(formset) if is_restored else formset), inline

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        restoring = restoring_request(request, self, object_id)
        if restoring is not None:
            return render_now(super().changeform_view(restoring, object_id, form_url, extra_context))
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError as error:
            # Somebody saved the same URL, number or name between validation and writing, or validation does not know
            # the rule. Validated once more, the form says which field it is, and keeps what was typed.
            form_state(request).database_error = error
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        for panel in self.panel_objects:
            context |= panel.context(request, kwargs.get("obj"))
        context |= form_state(request).panel_context
        response = super().render_change_form(request, context, *args, **kwargs)
        for panel in self.panel_objects:
            for name, value in panel.headers().items():
                response.headers[name] = value
        return response

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        warn_of_unlikely_dates(self, request, [form, *(row for formset in formsets for row in formset.forms)])
        warn_of_left_out(self, request, form.instance)
        for panel in self.panel_objects:
            panel.on_form_saved(request, form.instance)

    def may_propose(self, request: HttpRequest, item: Any) -> bool:
        """Return True if the user may propose changes to the row (None: a new row), which somebody else publishes."""
        return False

    def find_row(self, pk: int) -> Any:
        return self.model._default_manager.filter(pk=pk).first()

    def add_or_change_url(self, pk: int | None) -> str:
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}"
        return reverse(f"{name}_add") if pk is None else reverse(f"{name}_change", args=[pk])

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if SAVE in request.POST:
            return save_filter(self, request)
        own = list_filters(request, self.model) if request.method == "GET" else {}
        own |= {"may_export": may_export(self, request), "list_links": list_links(request, self.model)}
        extra_context = {"title": capfirst(str(self.opts.verbose_name_plural)), **own, **(extra_context or {})}
        if not all(is_row_key(value) for value in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            return self._refuse(request, _("The selection is not valid. Nothing was changed."))
        if ERROR_FLAG in request.GET:  # Set by Django after a filter that it refuses.
            return self._refuse(request, _("The filter is not valid, so all items are shown."))
        try:
            # Only for requests that write: on SQLite every reader would wait for the writers.
            with transaction.atomic() if request.method == "POST" else nullcontext():
                return super().changelist_view(request, extra_context)
        except IN_USE_ERRORS:
            return self._refuse(request, _("Some of these items are now in use. Nothing was deleted."))
        except (ValidationError, ValueError, OverflowError):
            if not request.GET:
                raise
            return self._refuse(request, _("The filter is not valid, so all items are shown."))

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except IN_USE_ERRORS:
            return self._refuse(request, _("This item is now in use. Nothing was deleted."))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        # Before the deletion, while the row still has a key and a name; both are in one transaction.
        log_action(Action.DELETE, request=request, item=obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        log_actions(Action.DELETE, queryset, request=request)
        super().delete_queryset(request, queryset)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        # Before the stock collector loads every one of perhaps 100,000 rows.
        if protected := self.protecting_uses(list(objs)):
            return [], {}, set(), protected
        return super().get_deleted_objects(objs, request)

    def protecting_uses(self, rows: list[models.Model]) -> list[Any]:
        return list_uses(rows, site=self.admin_site, only_protected=True)

    def _refuse(self, request: HttpRequest, text: str) -> HttpResponse:
        self.message_user(request, text, messages.ERROR)
        return HttpResponseRedirect(self.changelist_url())

    def changelist_url(self) -> str:
        return reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_changelist")


class ChildRowInline(ProposedChildRows, PortalFormFields, admin.StackedInline):
    """Base for child rows inside a form. Stacked: a table of fields has no labels to announce and does not fit a
    phone."""

    extra = 0
    # The form of the parent has the link to the public page.
    view_on_site = False


def render_now(response: HttpResponse) -> HttpResponse:
    """Render the response, if it is not rendered yet, and return it: later, the rows may say something else."""
    if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
        response.render()
    return response
