from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import ReadOnlyPasswordHashField, ReadOnlyPasswordHashWidget, UserChangeForm
from django.contrib.auth.models import Group, User
from django.db.models import ManyToManyField, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from postportal.roles import ROLES
from postportal.staff.model_admin import PortalAdmin

admin.site.unregister([User, Group])


class PasswordSummary(ReadOnlyPasswordHashWidget):
    """Password summary without the attribute `disabled`, which is not valid on a paragraph."""

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        return {key: value for key, value in super().build_attrs(base_attrs, extra_attrs).items() if key != "disabled"}


class StaffForm(UserChangeForm):
    password = ReadOnlyPasswordHashField(label=_("Password"), widget=PasswordSummary)


@admin.register(User)
class StaffAdmin(PortalAdmin, UserAdmin):
    """Accounts of staff. Permissions are given by roles only, not to single accounts."""

    # The forms contain passwords.
    has_autosave = False
    list_display = ["username", "last_name", "first_name", "email", "roles", "is_active", "last_login"]
    list_filter = ["is_active", "groups"]
    filter_horizontal = ()
    form = StaffForm
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Personal details"), {"fields": ["first_name", "last_name", "email"]}),
        (_("Permissions"), {"fields": ["is_active", "is_staff", "groups", "is_superuser"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        return ", ".join(sorted(group.name for group in user.groups.all())) or "–"

    def formfield_for_manytomany(self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Let only administrators change permissions: others must not give anyone more than they have."""
        fields = list(super().get_readonly_fields(request, obj))
        return fields if request.user.is_superuser else [*fields, "is_superuser", "is_staff", "groups"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self._can_manage(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self._can_manage(request, obj)

    def _can_manage(self, request: HttpRequest, user: User | None) -> bool:
        return bool(request.user.is_superuser) or user is None or not user.is_superuser


@admin.register(Group)
class RoleAdmin(PortalAdmin, GroupAdmin):
    """Groups. Those in `postportal.roles` are read-only; administrators can add others."""

    list_display = ["name", "is_role"]
    filter_horizontal = ()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not _is_role(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_role(obj)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if not _is_role(obj):
            return super().get_fieldsets(request, obj)
        text = _(
            "This role is built into PostPortal and cannot be changed or deleted. To give other permissions, add a new "
            "group."
        )
        return [(None, {"fields": ["name", "permission_list"], "description": text})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [*super().get_readonly_fields(request, obj), *(["permission_list"] if _is_role(obj) else [])]

    @admin.display(description=_("built in"), boolean=True)
    def is_role(self, group: Group) -> bool:
        return _is_role(group)

    @admin.display(description=_("permissions"))
    def permission_list(self, group: Group) -> SafeString:
        names = group.permissions.order_by("content_type__app_label", "content_type__model", "pk")
        lines = format_html_join("", "<li>{}</li>", names.values_list("name"))
        return format_html("<ul>{}</ul>", lines)

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest | None = None, **kwargs: Any
    ) -> Any:
        formfield = super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[arg-type]
        if formfield and db_field.name == "permissions":
            formfield.widget.attrs["size"] = 20
        return formfield


def _is_role(group: Group | None) -> bool:
    return group is not None and group.name in ROLES
