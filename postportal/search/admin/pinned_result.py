"""What stands on top of a search. The result is chosen by typing, whatever its kind."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
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
from postportal.staff.model_admin import DeferringChangeList, PortalAdmin

# Of a key that every database can hold.
MAX_PK_DIGITS = 18


class ResultSelect(AutocompleteMixin, forms.Select):
    """A select whose only option is what is chosen; typing finds others."""

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        return {
            **super().build_attrs(base_attrs, extra_attrs),
            "class": "admin-autocomplete",
            "lang": get_select2_language(),
            "data-ajax--url": reverse("admin:search_pinnedresult_rows"),
            "data-ajax--delay": 250,
            "data-allow-clear": "false",
            "data-theme": "admin-autocomplete",
            "data-placeholder": "",
        }

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        keys = [key for text in value if (key := _parse_key(text))]
        called = item_labels(keys, at=timezone.now())
        self.choices = [("", ""), *((_format_key(key), called[key]) for key in keys if key in called)]
        return super().optgroups(name, value, attrs)

    @property
    def media(self) -> forms.Media:
        return select2_media()


class ResultField(forms.CharField):
    """Takes what the select sends; gives the key of a row that is there."""

    widget = ResultSelect

    def clean(self, value: Any) -> DocumentKey:
        text = super().clean(value)
        key = _parse_key(text)
        if key is None or not item_labels([key], at=timezone.now()):
            raise ValidationError(_("This is not there any more. Choose another result."))
        return key


class PinnedResultForm(forms.ModelForm):
    result = ResultField(
        label=_("Result"), help_text=_("Type words of its title. It is shown to those who may see it, when they may.")
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
        # They are in no field of the form, but this form fills them.
        filled = {"kind", "object_id"} if "result" in self.cleaned_data else set()
        return super()._get_validation_exclusions() - filled  # type: ignore[no-any-return, misc]


class LabelledChangeList(DeferringChangeList):
    """Names what the rows of a page lead to, with a number of queries that does not depend on how many these are."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        rows = list(self.result_list)
        called = item_labels([row.key for row in rows], at=timezone.now())
        for row in rows:
            row.called = called.get(row.key, "")
        self.result_list = rows


@admin.register(PinnedResult)
class PinnedResultAdmin(PortalAdmin):
    form = PinnedResultForm
    fields = ["queries", "result", "order"]
    list_display = ["queries", "result", "order"]
    search_fields = ["queries"]
    search_help_text = _("Finds what readers type.")
    ordering = ["queries", "order", "pk"]

    def get_urls(self) -> list[URLPattern]:
        rows = path("rows/", self.admin_site.admin_view(self.search_items), name="search_pinnedresult_rows")
        return [rows, *super().get_urls()]

    def search_items(self, request: HttpRequest) -> JsonResponse:
        """Names for the field, in the form select2 reads."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        found = find_items(request.GET.get("term", ""), at=timezone.now())
        results = [{"id": _format_key(key), "text": text} for key, text in found.items()]
        return JsonResponse({"results": results, "pagination": {"more": False}})

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return LabelledChangeList

    @admin.display(description=_("result"))
    def result(self, row: PinnedResult) -> str:
        return getattr(row, "called", "") or str(_("nothing: the item is deleted"))


def _format_key(key: DocumentKey) -> str:
    return f"{key.kind}-{key.pk}"


def _parse_key(text: str) -> DocumentKey | None:
    kind, _between, number = text.rpartition("-")
    is_number = number.isascii() and number.isdigit() and len(number) <= MAX_PK_DIGITS
    return DocumentKey(kind, int(number)) if kind in kinds() and is_number else None
