"""Admin of pinned results. The result, of any kind, is chosen with an autocomplete field."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import get_select2_language
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from postportal.search.documents import DocumentKey
from postportal.search.item_picker import find_items, item_labels
from postportal.search.kinds import kinds
from postportal.search.models import PinnedResult
from postportal.staff.autocomplete import AutocompleteMixin, select2_media
from postportal.staff.change_list import DeferringChangeList
from postportal.staff.compared_forms import ComparedFormAdmin
from postportal.web.row_keys import is_row_key


class ResultSelect(AutocompleteMixin, forms.Select):
    """An autocomplete select: the chosen item is its only option until the user types."""

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        return {
            **super().build_attrs(base_attrs, extra_attrs),
            "class": "admin-autocomplete",
            "lang": get_select2_language(),
            "data-ajax--url": reverse("admin:search_pinnedresult_items"),
            "data-ajax--delay": 250,
            "data-allow-clear": "false",
            "data-theme": "admin-autocomplete",
            "data-placeholder": "",
        }

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        keys = [key for text in value if (key := _parse_key(text))]
        labels = item_labels(keys, at=timezone.now())
        self.choices = [("", ""), *((_format_key(key), labels[key]) for key in keys if key in labels)]
        return super().optgroups(name, value, attrs)

    @property
    def media(self) -> forms.Media:
        return select2_media()


class ResultField(forms.CharField):
    """The value of a ResultSelect, cleaned to the key of an existing row."""

    widget = ResultSelect

    def clean(self, value: Any) -> DocumentKey:
        text = super().clean(value)
        key = _parse_key(text)
        if key is None or not item_labels([key], at=timezone.now()):
            raise ValidationError(_("This item no longer exists. Choose another result."))
        return key


class PinnedResultForm(forms.ModelForm):
    result = ResultField(
        label=_("Result"),
        help_text=_("Type part of its title. Readers see the result only while the item is public."),
    )

    class Meta:
        model = PinnedResult
        fields = ["queries", "order"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["result"] = _format_key(self.instance.key)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if key := self.cleaned_data.get("result"):
            self.instance.kind, self.instance.object_id = key
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        # The field `result` sets these model fields, so that their unique constraint must be checked.
        set_by_result = {"kind", "object_id"} if "result" in self.cleaned_data else set()
        return super()._get_validation_exclusions() - set_by_result  # type: ignore[no-any-return, misc]


class LabelledChangeList(DeferringChangeList):
    """Change list that loads the labels of all pinned items on the page with a constant number of queries."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        rows = list(self.result_list)
        labels = item_labels([row.key for row in rows], at=timezone.now())
        for row in rows:
            row.item_label = labels.get(row.key, "")
        self.result_list = rows


@admin.register(PinnedResult)
class PinnedResultAdmin(ComparedFormAdmin):
    form = PinnedResultForm
    fields = ["queries", "result", "order"]
    list_display = ["queries", "result", "order"]
    search_fields = ["queries"]
    search_help_text = _("Searches queries.")
    ordering = ["queries", "order", "pk"]

    def get_urls(self) -> list[URLPattern]:
        items = path("rows/", self.admin_site.admin_view(self.search_items), name="search_pinnedresult_items")
        return [items, *super().get_urls()]

    def search_items(self, request: HttpRequest) -> JsonResponse:
        """Return the items that match the typed text, in the format of select2."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        found = find_items(request.GET.get("term", ""), at=timezone.now())
        results = [{"id": _format_key(key), "text": text} for key, text in found.items()]
        return JsonResponse({"results": results, "pagination": {"more": False}})

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[LabelledChangeList]:
        return LabelledChangeList

    @admin.display(description=_("result"))
    def result(self, row: PinnedResult) -> str:
        return getattr(row, "item_label", "") or str(_("deleted item"))


def _format_key(key: DocumentKey) -> str:
    return f"{key.kind}-{key.pk}"


def _parse_key(text: str) -> DocumentKey | None:
    kind, _separator, number = text.rpartition("-")
    return DocumentKey(kind, int(number)) if kind in kinds() and is_row_key(number) else None
