"""Admin of models from other packages: accounts and roles."""

from postportal.admin.account import RoleAdmin, StaffAdmin

__all__ = ["RoleAdmin", "StaffAdmin"]
