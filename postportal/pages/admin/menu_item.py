from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Field
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from postportal.pages.models import MenuItem
from postportal.publishing.admin import VersionedAdmin
from postportal.richtext.references import reference_choices, reference_key
from postportal.staff.change_log import LoggedChangesMixin


class MenuItemForm(forms.ModelForm):
    hotline = forms.ChoiceField(
        label=_("Hotline"),
        required=False,
        help_text=_("Instead of a URL. The item calls its current number and disappears while there is none."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "hotline" not in self.fields or "address" not in self.fields:
            # For those who may only view.
            return
        choices = {choice.url: choice.label for choice in reference_choices(timezone.now())}
        address = self.instance.address
        if reference_key(address) is not None:
            # Also one that is not public now.
            choices.setdefault(address, address)
            self.initial.update(hotline=address, address="")
        hotline: Any = self.fields["hotline"]
        hotline.choices = [("", "---------"), *choices.items()]
        self.fields["address"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("address") and not self.errors:
            cleaned["address"] = cleaned.get("hotline")
            if not cleaned["address"]:
                self.add_error("address", _("Enter a URL or choose a hotline."))
        elif cleaned.get("hotline"):
            self.add_error("hotline", _("Enter a URL or choose a hotline, not both."))
        return cleaned


@admin.register(MenuItem)
class MenuItemAdmin(LoggedChangesMixin, VersionedAdmin):
    form = MenuItemForm
    fields = ["place", "order", "label", "label_zh", "address", "hotline"]
    list_display = ["label", "place", "order", "label_zh", "address"]
    list_editable = ["order"]
    list_filter = ["place"]
    search_fields = ["label", "label_zh", "address"]
    ordering = ["place", "order", "pk"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_fields(request, obj)
        can_write = self.has_change_permission(request, obj) or self.has_add_permission(request)
        return fields if can_write else [name for name in fields if name != "hotline"]

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if formfield and db_field.name == "order":
            # The list has no label for the field except the column heading.
            formfield.widget.attrs["aria-label"] = _("Order")
        return formfield
