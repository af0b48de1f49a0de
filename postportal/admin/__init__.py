"""Admin of models from other packages: accounts, roles and tags."""

from postportal.admin.account import RoleAdmin, StaffAdmin
from postportal.admin.tag import TagAdmin

__all__ = ["RoleAdmin", "StaffAdmin", "TagAdmin"]
