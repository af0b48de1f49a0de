from django.db import models
from django.utils.translation import gettext_lazy as _


class Action(models.TextChoices):
    """What can stand in the log. A value is never renamed: entries that have it cannot be changed."""

    LOGIN = "login", _("Login")
    LOGIN_FAILED = "login-failed", _("Failed login")
    LOGOUT = "logout", _("Logout")
    REFUSAL = "refusal", _("Refusal")
    SUBMIT = "submit", _("Submission")
    RETURN = "return", _("Return")
    APPROVE = "approve", _("Approval")
    PUBLISH = "publish", _("Publication")
    FORCE_PUBLISH = "force-publish", _("Forced publication")
    REVIEW = "review", _("Review of a forced publication")
    SCHEDULE = "schedule", _("Scheduling")
    UNSCHEDULE = "unschedule", _("End of a schedule")
    WITHDRAW = "withdraw", _("Withdrawal")
    UNPUBLISH = "unpublish", _("Unpublishing")
    RESTORE = "restore", _("Restoration")
    DISCARD = "discard", _("Discarding")
    RELEASE = "release", _("Release")
    DELETE = "delete", _("Deletion")
    EXPORT = "export", _("Export")
    PREVIEW_MAKE = "preview-make", _("Preview link made")
    PREVIEW_REVOKE = "preview-revoke", _("Preview link revoked")
    PERMISSION_CHANGE = "permission-change", _("Change of rights")
    ACCOUNT_CHANGE = "account-change", _("Change of an account")
    PASSWORD_CHANGE = "password-change", _("Change of password")


def action_choices() -> list[tuple[str, str]]:
    """For the column: a new action is no change of the database."""
    return Action.choices  # type: ignore[return-value]
