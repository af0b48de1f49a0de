"""Accounts and groups on the staff side."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Field, ManyToManyField, QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.admin import StaticDevice
from django_otp.plugins.otp_totp.admin import TOTPDevice

from postportal.admin.account_fields import account_fields, save_account_fields, with_account_fields
from postportal.admin.account_forms import InvitationForm, StaffForm
from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.roles import ROLES
from postportal.staff.account_rights import grantable_groups, may_give_roles, may_manage
from postportal.staff.compared_forms import ComparedFormAdmin
from postportal.staff.external_logins import last_way_text
from postportal.staff.models import ExternalLogin
from postportal.staff.password_links import send_invitation
from postportal.staff.second_factor import has_second_factor, remove_second_factor
from postportal.staff.ways_in import remove_external_login
from postportal.web.personal_zone import staff_time

# Their own pages show secrets; the page of one's account and the form of the account replace them.
admin.site.unregister([User, Group, TOTPDevice, StaticDevice])


@admin.register(User)
class StaffAdmin(ComparedFormAdmin, UserAdmin):
    """Accounts of staff. Permissions are given by roles only, not to single accounts."""

    change_form_template = "admin/auth/user/change_form.html"
    # The forms contain passwords.
    has_autosave = False
    list_display = ["username", "last_name", "first_name", "email", "roles", "is_active", "last_login"]
    list_filter = ["is_active", "groups"]
    filter_horizontal = ()
    form = StaffForm
    add_form = InvitationForm
    add_form_template = None
    add_fieldsets = [(None, {"fields": ["username", "email", "first_name", "last_name", "groups"]})]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Personal details"), {"fields": ["first_name", "last_name", "email"]}),
        (_("Permissions"), {"fields": ["is_active", "is_staff", "groups", "is_superuser"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    readonly_fields = ["last_login", "date_joined", "linked_logins"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_urls(self) -> list[URLPattern]:
        views = (self.invite_view, self.reset_second_factor_view, self.remove_login_view)
        invite, reset, remove = map(self.admin_site.admin_view, views)
        own = [
            path("<int:pk>/invite/", invite, name="auth_user_invite"),
            path("<int:pk>/reset-two-factor/", reset, name="auth_user_reset_two_factor"),
            path("logins/<int:pk>/remove/", remove, name="auth_user_remove_login"),
        ]
        return [*own, *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        user: Any = kwargs.get("obj")
        # Whoever has lost the own phone asks a colleague: an open browser must not be enough.
        is_other = user is not None and user.pk != request.user.pk
        context["can_reset_two_factor"] = is_other and has_second_factor(user)
        context["removable_logins"] = user.external_logins.order_by("linked_at") if is_other else []
        return super().render_change_form(request, context, *args, **kwargs)

    def reset_second_factor_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let somebody who has lost phone and recovery codes log in with the password, and set up a new phone."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        user = self.get_object(request, str(pk))
        if user is None or user.pk == request.user.pk or not self.has_change_permission(request, user):
            raise PermissionDenied
        remove_second_factor(user, detail="reset")
        self.message_user(request, gettext("Two-factor login was reset."))
        return HttpResponseRedirect(self.add_or_change_url(pk))

    def remove_login_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Remove the link of somebody else's account with an OpenID provider."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        login = ExternalLogin.objects.filter(pk=pk).select_related("user").first()
        if login is None:
            raise Http404
        # Found through the list of accounts, as everything else of an account.
        user = self.get_object(request, str(login.user_id))
        if user is None or user.pk == request.user.pk or not self.has_change_permission(request, user):
            raise PermissionDenied
        if remove_external_login(login, request=request):
            self.message_user(request, last_way_text(), messages.ERROR)
        else:
            text = gettext("The account is no longer linked with %(name)s.") % {"name": login.provider_name}
            self.message_user(request, text)
        return HttpResponseRedirect(self.add_or_change_url(user.pk))

    @admin.display(description=_("login with another service"))
    def linked_logins(self, user: User) -> SafeString:
        lines = []
        for login in user.external_logins.order_by("linked_at"):
            text = gettext("%(name)s, linked on %(linked)s") % {
                "name": login.provider_name,
                "linked": date_format(staff_time(login.linked_at), "DATETIME_FORMAT"),
            }
            used_at = date_format(staff_time(login.used_at), "DATETIME_FORMAT") if login.used_at else ""
            lines.append((text, gettext("last used on %(used)s") % {"used": used_at} if used_at else ""))
        return format_html_join("", "<p>{}<br>{}</p>", lines)

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        return ", ".join(sorted(group.name for group in user.groups.all())) or "–"

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type[ModelForm]:
        if self._has_account_fields(request, obj):
            kwargs["form"] = with_account_fields(self.form, account=obj)
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"request": request})

    def _has_account_fields(self, request: HttpRequest, obj: Any) -> bool:
        return obj is not None and may_give_roles(request.user) and self.has_change_permission(request, obj)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None and obj.external_logins.exists():
            *others, (name, dates) = fieldsets
            fieldsets = [*others, (name, {**dates, "fields": [*dates["fields"], "linked_logins"]})]
        if not self._has_account_fields(request, obj):
            return fieldsets
        own = {"fields": [field.name for field in account_fields]}
        return [*fieldsets[:-1], (_("Limits"), own), fieldsets[-1]]

    def formfield_for_manytomany(self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs |= {"widget": forms.CheckboxSelectMultiple, "queryset": grantable_groups(request.user)}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if formfield and db_field.name == "groups":
            # Roles are built in; whoever gives one does not make one.
            formfield.widget.can_add_related = False
        return formfield

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Let only superusers make superusers, and only who may give roles change them."""
        fields = list(super().get_readonly_fields(request, obj))
        if request.user.is_superuser:
            return fields
        return [*fields, "is_superuser", *([] if may_give_roles(request.user) else ["is_staff", "groups"])]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the roles; a new account gets an invitation."""
        super().save_related(request, form, formsets, change)
        save_account_fields(form, request=request)
        if not change:
            transaction.on_commit(lambda: self._invite(request, form.instance))

    def invite_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send the link to choose a password again."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        user = self.get_object(request, str(pk))
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        if user is None or not (user.is_active and user.is_staff and user.email):
            raise Http404
        self._invite(request, user)
        return HttpResponseRedirect(self.add_or_change_url(pk))

    def _invite(self, request: HttpRequest, user: User) -> None:
        if send_invitation(request, user):
            log_action(Action.INVITE, request=request, item=user)
            text = gettext("An email with a link to choose a password was sent to %(email)s.")
            self.message_user(request, text % {"email": user.email})
        else:
            text = gettext("The email to %(email)s could not be sent. Try again, or set a password yourself.")
            self.message_user(request, text % {"email": user.email}, messages.ERROR)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or may_manage(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or may_manage(request.user, obj))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Refuse to delete oneself, and in a bulk action accounts that the user may not change."""
        rows = list(objs)
        if any(row.pk == request.user.pk or not may_manage(request.user, row) for row in rows):
            raise PermissionDenied
        return super().get_deleted_objects(rows, request)


@admin.register(Group)
class RoleAdmin(ComparedFormAdmin, GroupAdmin):
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
