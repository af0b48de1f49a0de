"""Base class for the admin of rows that are kept like articles and edited in place: registers, notices, lists."""

from postportal.publishing.admin.conflicts import ConflictAdmin
from postportal.publishing.admin.deleted import DeletedPanel
from postportal.publishing.admin.history import HistoryPanel
from postportal.publishing.admin.presence import PresencePanel
from postportal.staff.model_admin import PortalAdmin


class VersionedAdmin(ConflictAdmin):
    """Each save is a version that can be compared and restored, and the second of two editors overwrites nothing."""

    panels = [HistoryPanel, DeletedPanel, PresencePanel, *PortalAdmin.panels]
    change_form_template = "admin/publishing/versioned_form.html"
