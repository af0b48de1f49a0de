from typing import Any

from django.contrib import admin
from django.db.models import Field
from django.forms import TextInput
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from postportal.pages.models import SiteSettings
from postportal.pages.models.site_settings import COLOUR_FIELDS
from postportal.publishing.admin import ProposalAdmin
from postportal.staff.change_log import LoggedChangesMixin


class ColourInput(TextInput):
    """The colour input of the browser. It always has a value, so `required` and `maxlength` do not apply."""

    input_type = "color"

    def use_required_attribute(self, initial: Any) -> bool:
        return False

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        attrs = super().build_attrs(base_attrs, extra_attrs)
        attrs.pop("maxlength", None)
        return attrs


@admin.register(SiteSettings)
class SiteSettingsAdmin(LoggedChangesMixin, ProposalAdmin):
    """Form of the only row, shown in place of the changelist."""

    fieldsets = [
        (_("Name"), {"fields": ["name", "name_zh", "tagline", "tagline_zh", "description", "description_zh"]}),
        (_("Link previews"), {"fields": ["link_picture"]}),
        (_("Postmark"), {"fields": ["postmark_place", "postmark_place_zh"]}),
        (
            _("Contact"),
            {
                "fields": [
                    "contact_address",
                    "contact_address_zh",
                    "contact_email",
                    "answer_days",
                    "security_contact",
                ]
            },
        ),
        (_("Footer"), {"fields": ["register_numbers", "footer_text", "footer_text_zh"]}),
        (
            _("Colours"),
            {"fields": list(COLOUR_FIELDS), "description": _("Choose colours that are dark enough for white text.")},
        ),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def may_propose(self, request: HttpRequest, item: Any) -> bool:
        return item is not None and super().may_propose(request, item)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> SiteSettings | None:
        return SiteSettings.load() if object_id == "1" else None

    def get_item(self, request: HttpRequest, object_id: str | None) -> SiteSettings | None:
        """Return the row. What is saved first is compared with the defaults, so these are stored then."""
        settings = SiteSettings.load() if object_id == "1" else None
        is_first = settings is not None and request.method == "POST" and settings._state.adding
        if settings is not None and is_first and self.has_change_permission(request, settings):
            settings.save()
        return settings

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().changeform_view(request, *args, **kwargs)
        # The form of proposed changes loads these, and error pages show what was loaded last.
        SiteSettings.load()
        return response

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return HttpResponseRedirect(reverse(f"{self.admin_site.name}:pages_sitesettings_change", args=[1]))

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in COLOUR_FIELDS:
            kwargs["widget"] = ColourInput
        return super().formfield_for_dbfield(db_field, request, **kwargs)
