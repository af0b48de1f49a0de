"""Actions that the audit log records."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Action(models.TextChoices):
    """Action of an audit log entry. Never rename a value: entries cannot be changed."""

    LOGIN = "login", _("Logged in")
    LOGIN_FAILED = "login-failed", _("Login failed")
    LOGOUT = "logout", _("Logged out")
    REFUSAL = "refusal", _("Access denied")
    SUBMIT = "submit", _("Submitted for review")
    RETURN = "return", _("Returned to the writer")
    DECLINE = "decline", _("Proposal declined")
    APPROVE = "approve", _("Approved")
    PUBLISH = "publish", _("Published")
    FORCE_PUBLISH = "force-publish", _("Published without review")
    REVIEW = "review", _("Approved after publication")
    SCHEDULE = "schedule", _("Scheduled")
    UNSCHEDULE = "unschedule", _("Schedule cancelled")
    WITHDRAW = "withdraw", _("Withdrawn")
    UNPUBLISH = "unpublish", _("Unpublished")
    REINSTATE = "reinstate", _("Reinstated")
    RESTORE = "restore", _("Version restored")
    UNDELETE = "undelete", _("Restored after deletion")
    FILE = "file", _("Tags, section or source changed")
    AUTHORS = "authors", _("Authors changed")
    HAND_OVER = "hand-over", _("Handed over")
    ASSIGN = "assign", _("Assignment changed")
    DISCARD = "discard", _("Unpublished changes discarded")
    RELEASE = "release", _("Release published")
    CREATE = "create", _("Created")
    CHANGE = "change", _("Changed")
    DELETE = "delete", _("Deleted")
    MERGE = "merge", _("Merged")
    EXPORT = "export", _("Exported")
    IMPORT = "import", _("Imported")
    PREVIEW_MAKE = "preview-make", _("Preview link created")
    PREVIEW_REVOKE = "preview-revoke", _("Preview link revoked")
    CALENDAR_MAKE = "calendar-make", _("Calendar URL created")
    CALENDAR_REVOKE = "calendar-revoke", _("Calendar URL turned off")
    PERMISSION_CHANGE = "permission-change", _("Permissions changed")
    ACCOUNT_CHANGE = "account-change", _("Account changed")
    PASSWORD_CHANGE = "password-change", _("Password changed")
    PASSWORD_LINK = "password-link", _("Password link requested")
    TWO_FACTOR = "two-factor", _("Two-factor login changed")
    INVITE = "invite", _("Invited by email")


def action_choices() -> list[tuple[str, str]]:
    """Return the choices of the column. As a function, so that a new action needs no migration."""
    return Action.choices  # type: ignore[return-value]
