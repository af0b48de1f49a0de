"""Opening hours in the form of a hotline."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from postportal.staff.model_admin import ChildRowInline
from services.admin.week_bars import ReadHours, how_a_week_is_read
from services.models import OpeningHours


class OpeningHoursForm(forms.ModelForm):
    # Without it, the row is blank.
    typed_field = "hours"
    heading, change = "", None

    class Meta:
        model = OpeningHours
        fields = ["hours", "valid_from", "valid_until", "reason", "reason_zh"]
        widgets = {"hours": forms.TextInput(attrs={"data-read-back": "week", "size": 60})}

    @property
    def read_back(self) -> ReadHours:
        """Return the week as it is typed, to be drawn."""
        return how_a_week_is_read(str(self["hours"].value() or ""))


class OpeningHoursInline(ChildRowInline):
    model = OpeningHours
    form = OpeningHoursForm
    template = "admin/services/hotline/hours_rows.html"
    followed_by = "with-hours"
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
