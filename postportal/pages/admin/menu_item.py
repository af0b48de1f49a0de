from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from postportal.pages.broken_links import describe_target
from postportal.pages.models import MenuItem
from postportal.publishing.admin import ProposalAdmin
from postportal.richtext.link_input import LinkInput
from postportal.richtext.references import (
    find_references,
    reference_choices,
    reference_key,
    split_reference,
)
from postportal.staff.change_log import LoggedChangesMixin
from postportal.staff.ordered_rows import OrderedListMixin


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
        self.fields["address"].widget = LinkInput()
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
class MenuItemAdmin(OrderedListMixin, LoggedChangesMixin, ProposalAdmin):
    form = MenuItemForm
    fields = ["place", "order", "label", "label_zh", "address", "hotline"]
    list_display = ["label", "place", "moves", "order", "label_zh", "address"]
    order_group = "place"
    list_filter = ["place"]
    search_fields = ["label", "label_zh", "address"]
    ordering = ["place", "order", "pk"]

    def save_model(self, request: HttpRequest, obj: MenuItem, form: Any, change: Any) -> None:
        super().save_model(request, obj, form, change)
        if not _is_shown(obj.address):
            text = _(
                "“%(label)s” leads to %(target)s, which is not public. Readers do not see the menu item until it is."
            )
            values = {"label": obj.label, "target": describe_target(obj.address)}
            self.message_user(request, text % values, messages.WARNING)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_fields(request, obj)
        can_write = self.has_change_permission(request, obj) or self.has_add_permission(request)
        return fields if can_write else [name for name in fields if name != "hotline"]


def _is_shown(address: str) -> bool:
    """Return True unless the URL refers to a row that readers cannot see now."""
    key = split_reference(address)
    return key is None or bool(find_references([key], at=timezone.now()))
