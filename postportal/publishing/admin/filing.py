"""List actions that file several items: add and remove tags, change a section or a source."""

from abc import abstractmethod
from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from taggit.models import Tag, TaggedItem
from taggit.utils import parse_tags

from postportal.publishing.models import State
from postportal.publishing.workflow.filing import Filing, file_items
from postportal.staff.database_rules import constraint_fields
from postportal.staff.row_limits import allowed_keys, limited_column
from postportal.tags.manager import known_names
from postportal.tags.models import MAX_TAG_LENGTH

# Recent tags that are offered as buttons.
MAX_SUGGESTIONS, MAX_ROWS_READ = 8, 100

Action = Callable[[Any, HttpRequest, Any], HttpResponse | None]


class FilingForm(forms.Form):
    """Base of the forms: each has one field, by whose name the request is known to come from the confirmation page."""

    field_name = ""

    def __init__(self, data: Any, *, rows: list[Any]) -> None:
        super().__init__(data if data is not None and self.field_name in data else None)

    @classmethod
    def accepts(cls, row: Any) -> bool:
        """Return False for rows that this change is not for."""
        return True

    @abstractmethod
    def filing(self) -> tuple[Filing, str]:
        """Return the change, and a note for the history."""


class AddTagsForm(FilingForm):
    field_name = "add_tags"
    add_tags = forms.CharField(
        label=gettext_lazy("Tags to add"),
        max_length=300,
        help_text=gettext_lazy("Separate tags with commas. Existing tags are kept."),
    )

    def clean_add_tags(self) -> list[str]:
        names = known_names(parse_tags(self.cleaned_data["add_tags"].replace("，", ",") + ","))
        if not names:
            raise ValidationError(_("Enter at least one tag."))
        if any(len(name) > MAX_TAG_LENGTH for name in names):
            raise ValidationError(_("A tag can have at most %(count)s characters.") % {"count": MAX_TAG_LENGTH})
        return names

    def filing(self) -> tuple[Filing, str]:
        names = self.cleaned_data["add_tags"]
        return Filing(add_tags=tuple(names)), _("Tags: %(names)s") % {"names": ", ".join(names)}


class RemoveTagsForm(FilingForm):
    field_name = "remove_tags"
    remove_tags = forms.MultipleChoiceField(
        label=gettext_lazy("Tags to remove"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("The tags of the selected items."),
    )

    def __init__(self, data: Any, *, rows: list[Any]) -> None:
        super().__init__(data, rows=rows)
        names = _tags_of(rows)
        self.fields["remove_tags"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]

    def filing(self) -> tuple[Filing, str]:
        names = self.cleaned_data["remove_tags"]
        return Filing(remove_tags=tuple(names)), _("Tags removed: %(names)s") % {"names": ", ".join(names)}


def column_form(model: Any, name: str) -> type[FilingForm]:
    """Return the form that chooses another row for the foreign key `name` of a model, or none where a public row may
    have none."""
    column = model._meta.get_field(name)
    is_needed = any(
        name in constraint_fields(constraint)
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
    )
    field = forms.ModelChoiceField(
        column.related_model._default_manager.all(),
        label=capfirst(column.verbose_name),
        required=is_needed,
        empty_label="---------" if is_needed else gettext_lazy("None"),
    )

    def filing(form: FilingForm) -> tuple[Filing, str]:
        row = form.cleaned_data[name]
        values = {"field": column.verbose_name, "value": row or "–"}
        return Filing(columns={name: row}), _("%(field)s: %(value)s") % values

    return type("ColumnForm", (FilingForm,), {"field_name": name, name: field, "filing": filing})


class LanguageForm(FilingForm):
    """Chooses the language of drafts: that of a live item is part of its URL, and changes in its form."""

    field_name = "language"
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)

    @classmethod
    def accepts(cls, row: Any) -> bool:
        return bool(row.state == State.DRAFT)

    def filing(self) -> tuple[Filing, str]:
        language = self.cleaned_data["language"]
        name = dict(settings.LANGUAGES)[language]
        return Filing(values={"language": language}), _("Language: %(name)s") % {"name": name}


def filing_action(name: str, *, label: Any, button: Any, form_class: Callable[[Any], type[FilingForm]]) -> Action:
    """Return the list action `name`, which shows what will happen and then files the selected rows. `form_class` gets
    the model."""

    @admin.action(description=label, permissions=["file"])
    def action(model_admin: Any, request: HttpRequest, rows: Any) -> HttpResponse | None:
        selected, form_of_model = list(rows), form_class(model_admin.model)
        allowed = [row for row in selected if model_admin.may_file(request, row) and form_of_model.accepts(row)]
        form = form_of_model(request.POST if allowed else None, rows=allowed)
        _limit_choices(form, request.user, model_admin.model)
        if not form.is_valid():
            context = _confirmation_context(model_admin, request, allowed, form)
            refused = [row for row in selected if row not in allowed]
            context |= {"title": button, "action": name, "unchangeable": refused}
            return TemplateResponse(request, "admin/publishing/filing_confirmation.html", context)
        filing, note = form.filing()
        _file_and_report(model_admin, request, allowed, filing, note)
        return None

    action.__name__ = name
    return action


def _limit_choices(form: FilingForm, user: Any, model: Any) -> None:
    """Offer only the rows to which the account is limited, if it is."""
    keys, field = allowed_keys(user, model), form.fields.get(limited_column(model))
    if keys is not None and isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
        field.queryset = field.queryset.filter(pk__in=keys)


add_tags = filing_action(
    "tag_selected",
    label=gettext_lazy("Add tags…"),
    button=gettext_lazy("Add tags"),
    form_class=lambda _model: AddTagsForm,
)
remove_tags = filing_action(
    "untag_selected",
    label=gettext_lazy("Remove tags…"),
    button=gettext_lazy("Remove tags"),
    form_class=lambda _model: RemoveTagsForm,
)

change_language = filing_action(
    "change_language",
    label=gettext_lazy("Change language…"),
    button=gettext_lazy("Change language"),
    form_class=lambda _model: LanguageForm,
)


def _file_and_report(model_admin: Any, request: HttpRequest, rows: list[Any], filing: Filing, note: str) -> None:
    done, refused = file_items(rows, filing, by=request.user, note=note[:300])
    for row, reasons in refused.items():
        text = _("“%(item)s” was not changed: %(reasons)s") % {"item": row, "reasons": " ".join(reasons)}
        model_admin.message_user(request, text, messages.ERROR)
    count = len(done)
    text = ngettext("%(count)s item was changed.", "%(count)s items were changed.", count) % {"count": count}
    model_admin.message_user(request, text, messages.SUCCESS if done else messages.INFO)


def _confirmation_context(model_admin: Any, request: HttpRequest, rows: list[Any], form: FilingForm) -> dict[str, Any]:
    return {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "media": model_admin.media,
        "rows": rows,
        "live": [row for row in rows if row.is_edited_in_edition],
        "hidden": [row for row in rows if not row.is_edited_in_edition],
        "form": form,
        "recent_tags": _recent_tags() if isinstance(form, AddTagsForm) else [],
        "action_checkbox_name": ACTION_CHECKBOX_NAME,
    }


def _recent_tags() -> list[str]:
    names = TaggedItem.objects.order_by("-pk").values_list("tag__name", flat=True)[:MAX_ROWS_READ]
    return list(dict.fromkeys(names))[:MAX_SUGGESTIONS]


def _tags_of(rows: list[Any]) -> list[str]:
    """Return the names of the tags that any of the rows has, in one query."""
    keys = [row.pk for row in rows]
    if not keys:
        return []
    content_type = ContentType.objects.get_for_model(rows[0])
    tagged = TaggedItem.objects.filter(content_type=content_type, object_id__in=keys)
    return list(Tag.objects.filter(pk__in=tagged.values("tag")).order_by("name").values_list("name", flat=True))
