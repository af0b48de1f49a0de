"""Signal receivers of the audit log: they log logins, logouts, and changes of accounts, roles and permissions.

Like all signals they are sent for rows that are saved one by one, in forms, commands and code, but not for `update()`
and SQL.
"""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save

from postportal.audit.actions import Action
from postportal.audit.log import log_action

PERMISSION_FIELDS = {"is_active": "active", "is_staff": "staff", "is_superuser": "administrator"}
PROFILE_FIELDS = {"username": "username", "first_name": "first name", "last_name": "last name", "email": "email"}
# People sometimes type their password into the wrong field; this is enough to recognize an account.
MAX_USERNAME_LOGGED = 32


def connect() -> None:
    user = get_user_model()
    user_logged_in.connect(_on_login, dispatch_uid="audit-login")
    user_logged_out.connect(_on_logout, dispatch_uid="audit-logout")
    user_login_failed.connect(_on_login_failed, dispatch_uid="audit-login-failed")
    pre_save.connect(_on_account_before_save, sender=user, dispatch_uid="audit-account-before")
    post_save.connect(_on_account_saved, sender=user, dispatch_uid="audit-account")
    pre_delete.connect(_on_account_deleted, sender=user, dispatch_uid="audit-account-deleted")
    post_save.connect(_on_role_saved, sender=Group, dispatch_uid="audit-role")
    pre_delete.connect(_on_role_deleted, sender=Group, dispatch_uid="audit-role-deleted")
    for through in (user.groups.through, user.user_permissions.through, Group.permissions.through):
        m2m_changed.connect(_on_permissions_changed, sender=through, dispatch_uid=f"audit-{through._meta.label_lower}")


def _on_login(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    log_action(Action.LOGIN, request=request, user=user, item=user)


def _on_logout(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    if user is not None:
        log_action(Action.LOGOUT, request=request, user=user, item=user)


def _on_login_failed(sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any) -> None:
    name = str(credentials.get(get_user_model().USERNAME_FIELD, ""))
    log_action(Action.LOGIN_FAILED, request=request, detail=shorten_username(name))


def shorten_username(name: str) -> str:
    """Return what the entry of a failed login says of the name that was typed."""
    return name if len(name) <= MAX_USERNAME_LOGGED else f"{name[:MAX_USERNAME_LOGGED]}…"


def _on_account_before_save(sender: type[Model], instance: Any, raw: bool, update_fields: Any, **kwargs: Any) -> None:
    """Remember the stored values, to compare them after the save."""
    watched = {"password", *PERMISSION_FIELDS, *PROFILE_FIELDS} & set(
        update_fields or {"password", *PERMISSION_FIELDS, *PROFILE_FIELDS}
    )
    instance.values_before_save = None
    if watched and instance.pk is not None and not raw:
        instance.values_before_save = sender._base_manager.filter(pk=instance.pk).values(*watched).first()


def _on_account_saved(sender: type[Model], instance: Any, created: bool, raw: bool, **kwargs: Any) -> None:
    before, instance.values_before_save = instance.values_before_save, None
    instance.is_from_fixture = raw
    if created and not raw:
        permissions = [word for field, word in PERMISSION_FIELDS.items() if getattr(instance, field)]
        log_action(Action.ACCOUNT_CHANGE, item=instance, detail=", ".join(["created", *permissions]))
    elif before:
        _log_account_changes(instance, before)


def _log_account_changes(user: Any, before: dict[str, Any]) -> None:
    changed = {field for field, value in before.items() if value != getattr(user, field)}
    permissions = [
        f"{word}: {_yes_or_no(before[field])} → {_yes_or_no(getattr(user, field))}"
        for field, word in PERMISSION_FIELDS.items()
        if field in changed
    ]
    if permissions:
        log_action(Action.PERMISSION_CHANGE, item=user, detail=", ".join(permissions))
    if "password" in changed:
        # Django hashes the same password again at login when the hasher has become stronger.
        is_new = user._password is not None
        log_action(Action.PASSWORD_CHANGE, item=user, detail="" if is_new else "stored hash replaced")
    profile = [word for field, word in PROFILE_FIELDS.items() if field in changed]
    if profile:
        name = f" (was: {before['username']})" if "username" in changed else ""
        log_action(Action.ACCOUNT_CHANGE, item=user, detail=", ".join(profile) + name)


def _on_account_deleted(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    log_action(Action.ACCOUNT_CHANGE, item=instance, detail="deleted")


def _on_role_saved(sender: type[Model], instance: Any, created: bool, raw: bool, **kwargs: Any) -> None:
    instance.is_from_fixture = raw
    if not raw:
        log_action(Action.PERMISSION_CHANGE, item=instance, detail="role created" if created else "role saved")


def _on_role_deleted(sender: type[Model], instance: Group, **kwargs: Any) -> None:
    """Log the accounts that lose the role: the rows of the many-to-many table send no signals when it is deleted."""
    log_action(
        Action.PERMISSION_CHANGE,
        item=instance,
        detail=f"role deleted, assigned to: {_sorted_names(instance.user_set.all())}",
    )


def _on_permissions_changed(
    sender: Any, instance: Any, action: str, reverse: bool, model: Any, pk_set: Any, **kwargs: Any
) -> None:
    """Log changes to the roles of an account and to the permissions of an account or a role, made from either side.

    Rows of a fixture are no changes: the log that is loaded with them has recorded them already."""
    if getattr(instance, "is_from_fixture", False):
        return
    if action == "pre_clear":
        own, other = (_fk_column(table, sender) for table in (type(instance), model))
        pk_set = set(sender._base_manager.filter(**{own: instance.pk}).values_list(other, flat=True))
    if pk_set and action in {"post_add", "post_remove", "pre_clear"}:
        sign = "+" if action == "post_add" else "−"
        names = _sorted_names(model._base_manager.filter(pk__in=pk_set))
        log_action(Action.PERMISSION_CHANGE, item=instance, detail=f"{_plural_name(model)} {sign} {names}")


def _fk_column(model: type[Model], through: type[Model]) -> str:
    """Return the column of the many-to-many table that refers to the model."""
    return next(field.attname for field in through._meta.concrete_fields if field.related_model is model)


def _plural_name(model: type[Model]) -> str:
    return {Group: "roles", Permission: "permissions"}.get(model, "accounts")


def _sorted_names(rows: Any) -> str:
    if rows.model is Permission:
        names = [".".join(pair) for pair in rows.values_list("content_type__app_label", "codename")]
    else:
        names = [str(row) for row in rows]
    return ", ".join(sorted(names))


def _yes_or_no(value: bool) -> str:
    return "yes" if value else "no"
