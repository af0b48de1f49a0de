"""Opening hours in the form of a hotline."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from postportal.staff.model_admin import ChildRowInline
from services.models import Hotline, OpeningHours


class OpeningHoursForm(forms.ModelForm):
    class Meta:
        model = OpeningHours
        fields = ["hours", "valid_from", "valid_until", "reason", "reason_zh"]
        widgets = {"hours": forms.TextInput(attrs={"data-read-back": "hours", "size": 60})}


class OpeningHoursInline(ChildRowInline):
    model = OpeningHours
    form = OpeningHoursForm
    fieldsets = [
        (None, {"fields": ["hours"], "classes": ["wide-line"]}),
        (
            _("Only for some days: season, special day, closing"),
            {"fields": ["valid_from", "valid_until", "reason", "reason_zh"], "classes": ["collapse"]},
        ),
    ]

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """Offer a row to type the usual hours in, where there are none yet."""
        return 0 if obj is not None and obj.opening_hours.exists() else 1


class HotlineForm(forms.ModelForm):
    copy_hours_from = forms.ModelChoiceField(
        Hotline.objects.select_related("service").in_order(),
        label=_("Copy hours from"),
        required=False,
        help_text=_("Replaces all opening hours and the holiday calendar when you save."),
    )
